import GRDB
import GRDBSQLite

/// A prepared statement where every microsecond counts: its values go to SQLite, and come from it, as they are.
///
/// GRDB boxes each argument, copies them into arrays and tells observers, of which there are none: that took longer than
/// SQLite itself takes for a row. The statement stays GRDB's own and is traced like any other.
struct KeptStatement {
    private let db: Database
    private let statement: Statement

    init(_ db: Database, sql: String) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
    }

    /// Carries it out with these values in the places of its `?`.
    /// - Throws: `DatabaseError`, and leaves the statement ready for the next time.
    func run<each Value: StatementValue>(_ values: repeat each Value) throws {
        defer { sqlite3_reset(statement.sqliteStatement) }
        try bind(repeat each values)
        var code = sqlite3_step(statement.sqliteStatement)
        while code == SQLITE_ROW { code = sqlite3_step(statement.sqliteStatement) }
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    /// The integer that is asked for; nil where there is no row, or NULL in it.
    /// - Throws: `DatabaseError`, and leaves the statement ready for the next time.
    func integer<each Value: StatementValue>(_ values: repeat each Value) throws -> Int64? {
        defer { sqlite3_reset(statement.sqliteStatement) }
        try bind(repeat each values)
        switch sqlite3_step(statement.sqliteStatement) {
        case SQLITE_DONE: return nil
        case SQLITE_ROW:
            guard sqlite3_column_type(statement.sqliteStatement, 0) != SQLITE_NULL else { return nil }
            return sqlite3_column_int64(statement.sqliteStatement, 0)
        case let code: throw failure(code)
        }
    }

    /// Hands out each row for as long as a closure runs.
    /// - Throws: `DatabaseError` and what the closure throws, and leaves the statement ready for the next time.
    func forEach<each Value: StatementValue>(_ values: repeat each Value, row read: (StoredRow) throws -> Void) throws {
        try walk(repeat each values) { row in
            try read(row)
            return true
        }
    }

    /// As ``forEach``, until the closure answers that it has seen enough.
    func walk<each Value: StatementValue>(_ values: repeat each Value, row goesOn: (StoredRow) throws -> Bool) throws {
        defer { sqlite3_reset(statement.sqliteStatement) }
        try bind(repeat each values)
        while true {
            switch sqlite3_step(statement.sqliteStatement) {
            case SQLITE_DONE: return
            case SQLITE_ROW: guard try goesOn(StoredRow(statement: statement.sqliteStatement)) else { return }
            case let code: throw failure(code)
            }
        }
    }

    private func bind<each Value: StatementValue>(_ values: repeat each Value) throws {
        var place: CInt = 0
        for value in repeat each values {
            place += 1
            let code = value.bind(to: statement.sqliteStatement, at: place)
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
    }
}
