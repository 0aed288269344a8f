import Foundation
import GRDBSQLite

/// A database in memory that has the views' names and columns, without anything behind them, and nothing else to read.
///
/// SQLite asks its authorizer for no column that a join is made by with USING or NATURAL, and gives the values of one that a FULL JOIN
/// is made by without asking either. So ``StatementGuard`` does not hear of a table of which nothing but such columns is used. A
/// statement that names one cannot be prepared where it does not exist.
struct BareSchema {
    private let handle: OpaquePointer

    init(of views: [QueryView], within limits: QueryLimits) throws(SQLiteFault) {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteFault(handle) }
        self.handle = handle
        PathSegmentFunction.register(on: handle)
        for view in views {
            let columns = view.columns.map { "NULL AS \"\($0.name)\"" }.joined(separator: ", ")
            try GuardedConnection.run("CREATE TEMP VIEW \"\(view.name)\" AS SELECT \(columns)", on: handle)
        }
        GuardedConnection.limit(handle, limits)
        // The word before the statement.
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(clamping: limits.statementBytes + Self.explain.utf8.count))
    }

    private static let explain = "EXPLAIN "

    /// Throws where a statement reads a table, whatever it does with it.
    /// - Parameter sql: one that was found to be a single SELECT.
    func check(_ sql: String) throws(QueryStatement.Refused) {
        var program: OpaquePointer?
        guard sqlite3_prepare_v2(handle, Self.explain + sql, -1, &program, nil) == SQLITE_OK else {
            throw QueryStatement.Refused(refusal: Self.refusal(SQLiteFault(handle)))
        }
        defer { sqlite3_finalize(program) }
        // Even here SQLite has tables of its own, which hold the schema: no view opens any.
        while true {
            switch sqlite3_step(program) {
            case SQLITE_ROW:
                guard let opcode = sqlite3_column_text(program, 1), String(cString: opcode) == "OpenRead" else {
                    continue
                }
                let name = sqlite3_column_int(program, 4) == 1 ? "sqlite_temp_schema" : "sqlite_schema"
                throw QueryStatement.Refused(refusal: .foreignTable(name: name))
            case SQLITE_DONE: return
            default: throw QueryStatement.Refused(refusal: Self.refusal(SQLiteFault(handle)))
            }
        }
    }

    private static func refusal(_ fault: SQLiteFault) -> QueryStatement.Refusal {
        let beginning = "no such table: "
        guard fault.code == SQLITE_ERROR, fault.message.hasPrefix(beginning) else {
            return QueryStatement.Refusal(fault)
        }
        return .foreignTable(name: String(fault.message.dropFirst(beginning.count)))
    }
}
