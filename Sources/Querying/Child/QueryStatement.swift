import Foundation
import GRDBSQLite

/// A statement that was looked at and is allowed, with its values bound.
///
/// Like its connection it is let go of by the end of the process alone.
struct QueryStatement {
    private let handle: OpaquePointer
    private let connection: GuardedConnection

    /// What keeps a statement from being run, or from going on.
    typealias Refusal = ReportMessage.Refusal

    struct Refused: Error {
        let refusal: Refusal
    }

    init(_ question: QueryQuestion, on connection: GuardedConnection) throws(Refused) {
        self.connection = connection
        handle = try Self.prepare(question, on: connection)
        // What the authorizer has no word for, such as VACUUM, shows here.
        guard sqlite3_stmt_isexplain(handle) == 0 else { throw Refused(refusal: .notReading(what: "EXPLAIN")) }
        guard sqlite3_stmt_readonly(handle) != 0, sqlite3_column_count(handle) > 0 else {
            throw Refused(refusal: .notReading(what: "a statement without rows"))
        }
        try connection.bareSchema.check(question.sql)
        try Self.checkNames(of: handle)
        try Self.bind(question.parameters, to: handle)
    }

    /// Bytes that the names of an answer's columns may have together: even escaped they have room in a report.
    private static let nameBytes = 128 << 10

    /// One long name may be that of hundreds of columns, by `*` for each.
    private static func checkNames(of statement: OpaquePointer) throws(Refused) {
        let bytes = (0..<sqlite3_column_count(statement)).reduce(0) { bytes, column in
            bytes + (sqlite3_column_name(statement, column).map { strlen($0) } ?? 0)
        }
        guard bytes <= nameBytes else {
            let message = "the names of the columns have \(bytes) bytes and may have \(nameBytes): shorten them with AS"
            throw Refused(refusal: .invalid(message: message, offset: nil, unknown: nil))
        }
    }

    private static func prepare(
        _ question: QueryQuestion,
        on connection: GuardedConnection
    ) throws(Refused) -> OpaquePointer {
        var sql = question.sql
        let result = sql.withUTF8 { utf8 -> Result<OpaquePointer, Refused> in
            utf8.withMemoryRebound(to: CChar.self) { text in
                var statement: OpaquePointer?
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(
                    connection.handle,
                    text.baseAddress,
                    Int32(text.count),
                    &statement,
                    &tail
                )
                guard code == SQLITE_OK else {
                    let fault = SQLiteFault(connection.handle)
                    return .failure(
                        Refused(refusal: Refusal(fault, preparing: question.sql, connection.statementGuard))
                    )
                }
                guard let statement else { return .failure(Refused(refusal: .empty)) }
                guard let start = text.baseAddress, let tail,
                    isNothing(tail, Int32(text.count - (tail - start)), on: connection)
                else { return .failure(Refused(refusal: .severalStatements)) }
                return .success(statement)
            }
        }
        return try result.get()
    }

    /// Whether blanks, comments and semicolons are all that there is.
    private static func isNothing(
        _ text: UnsafePointer<CChar>,
        _ count: Int32,
        on connection: GuardedConnection
    ) -> Bool {
        var statement: OpaquePointer?
        var (text, count) = (text, count)
        while count > 0 {
            var tail: UnsafePointer<CChar>?
            guard sqlite3_prepare_v2(connection.handle, text, count, &statement, &tail) == SQLITE_OK,
                statement == nil, let tail, tail > text
            else { return false }
            count -= Int32(tail - text)
            text = tail
        }
        return true
    }

    private static func bind(_ parameters: QueryParameters, to statement: OpaquePointer) throws(Refused) {
        let count = Int(sqlite3_bind_parameter_count(statement))
        switch parameters {
        case .positional(let values):
            guard values.count == count else {
                throw Refused(
                    refusal: .badParameters(
                        reason: "the statement has \(count) parameters, and \(values.count) values came with it"
                    )
                )
            }
            for (index, value) in values.enumerated() { bind(value, at: Int32(index + 1), of: statement) }
        case .named(let values):
            var missing = Set((0..<count).map { Int32($0 + 1) })
            for named in values {
                // SQLite would take what stands before a U+0000 for the whole name.
                let isWhole = !named.name.utf8.contains(0)
                let indices = ["", ":", "@", "$"].map { sqlite3_bind_parameter_index(statement, $0 + named.name) }
                let found = indices.filter { $0 > 0 }
                guard isWhole, !found.isEmpty else {
                    throw Refused(
                        refusal: .badParameters(reason: "the statement has no parameter \(named.name.prefix(64))")
                    )
                }
                for index in found {
                    bind(named.value, at: index, of: statement)
                    missing.remove(index)
                }
            }
            if let index = missing.min() {
                let name = sqlite3_bind_parameter_name(statement, index).map { String(cString: $0) } ?? "?\(index)"
                throw Refused(refusal: .badParameters(reason: "no value came for the parameter \(name.prefix(64))"))
            }
        }
    }

    private static func bind(_ value: QueryValue, at index: Int32, of statement: OpaquePointer) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .real(let value): sqlite3_bind_double(statement, index, value)
        case .text(let text):
            sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), SQLiteText.isCopied)
        }
    }

    /// Runs to the end or to a limit.
    /// - Parameters:
    ///   - begun: when the statement's time began.
    ///   - send: takes pieces of the rows.
    func run(
        as format: QueryFormat,
        within limits: QueryLimits,
        types: [String: String],
        begun: ContinuousClock.Instant,
        _ send: ([UInt8]) -> Void
    ) throws(Refused) -> ReportMessage.Answered {
        let count = Int(sqlite3_column_count(handle))
        var buffer = RowBuffer(format, columns: count, limit: limits.bytes)
        var rows = 0
        var cut: QueryAnswer.Cut?
        walk: while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                guard rows < limits.rows else {
                    cut = .rows
                    break walk
                }
                guard buffer.append(rowOf: handle) else {
                    cut = .bytes
                    break walk
                }
                rows += 1
                if buffer.bytes.count >= 64 << 10 { send(buffer.take()) }
            case SQLITE_DONE: break walk
            default:
                throw Refused(refusal: Refusal(SQLiteFault(connection.handle)))
            }
        }
        send(buffer.take())
        let columns = (0..<count).map { index in
            let name = sqlite3_column_name(handle, Int32(index)).map { String(cString: $0) } ?? ""
            return QueryAnswer.Column(name: name, type: Self.type(of: buffer.types[index], named: name, types))
        }
        return ReportMessage.Answered(
            columns: columns,
            rowCount: rows,
            cut: cut,
            duration: begun.duration(to: .now)
        )
    }

    /// The type of a column's values; where there are none, that of the views' columns of the name.
    private static func type(of seen: Set<Int32>, named name: String, _ types: [String: String]) -> String {
        let values = seen.subtracting([SQLITE_NULL])
        if values.isEmpty { return types[name] ?? "null" }
        guard values.count == 1, let only = values.first else { return "any" }
        return switch only {
        case SQLITE_INTEGER: "integer"
        case SQLITE_FLOAT: "real"
        case SQLITE_TEXT: "text"
        default: "blob"
        }
    }
}
