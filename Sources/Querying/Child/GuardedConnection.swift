import CConfinement
import Foundation
import GRDBSQLite

/// A connection that can read the views of a source and nothing else: to a file that is opened to be read, without any means of
/// writing, attaching or loading code, and within limits of memory and time.
///
/// It is never closed: the process ends after one question, and what it holds goes with it.
final class GuardedConnection {
    let handle: OpaquePointer
    let statementGuard: StatementGuard
    let bareSchema: BareSchema
    /// The statement is to end here.
    private let deadline: ContinuousClock.Instant

    /// - Parameter deadline: also of the preparations.
    init(
        to source: QuerySource,
        within limits: QueryLimits,
        until deadline: ContinuousClock.Instant
    ) throws(SQLiteFault) {
        self.deadline = deadline
        sqlite3_hard_heap_limit64(Int64(limits.heapBytes))
        handle = try Self.open(source)
        sqlite3_busy_timeout(handle, 250)
        let code = confinement_defend(UnsafeMutableRawPointer(handle))
        guard code == SQLITE_OK else { throw SQLiteFault(code: code) }
        try Self.run(
            """
            PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cache_size = -4096; PRAGMA cell_size_check = ON
            """,
            on: handle
        )
        PathSegmentFunction.register(on: handle)
        // Their modules declare themselves when they are first used, in words that the guard would take for a CREATE.
        try Self.run("SELECT 1 FROM json_each('[]') JOIN json_tree('[]')", on: handle)
        var names: Set<String> = []
        for view in source.views { names.insert(try Self.makeView(view, on: handle)) }
        bareSchema = try BareSchema(of: source.views, within: limits)
        statementGuard = StatementGuard(
            views: Set(source.views.map { $0.name.lowercased() }),
            innerViews: names,
            tables: try Self.tables(of: handle)
        )
        try Self.run("PRAGMA query_only = ON", on: handle)
        Self.limit(handle, limits)
        statementGuard.watch(handle)
        watchTime()
    }

    private static func open(_ source: QuerySource) throws(SQLiteFault) -> OpaquePointer {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
        let name = URL(filePath: source.path).absoluteString + (source.isAtRest ? "?immutable=1" : "")
        let code = sqlite3_open_v2(name, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteFault(handle) }
        return handle
    }

    /// Makes the view and the one behind it that reads the tables; returns the latter's name.
    private static func makeView(_ view: QueryView, on handle: OpaquePointer) throws(SQLiteFault) -> String {
        var random = SystemRandomNumberGenerator()
        let inner = "v" + (0..<2).map { _ in String(random.next(), radix: 36) }.joined()
        let columns = view.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        try run("CREATE TEMP VIEW \"\(inner)\" (\(columns)) AS \(view.select)", on: handle)
        try run(
            "CREATE TEMP VIEW \"\(view.name)\" (\(columns)) AS SELECT \(columns) FROM temp.\"\(inner)\"",
            on: handle
        )
        return inner
    }

    private static func tables(of handle: OpaquePointer) throws(SQLiteFault) -> Set<String> {
        Set(
            try texts("SELECT lower(name) FROM main.sqlite_schema", on: handle)
                + texts("SELECT lower(name) FROM pragma_module_list", on: handle)
        )
    }

    private static func texts(_ sql: String, on handle: OpaquePointer) throws(SQLiteFault) -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw SQLiteFault(handle) }
        defer { sqlite3_finalize(statement) }
        var texts: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
            case SQLITE_DONE: return texts
            default: throw SQLiteFault(handle)
            }
        }
    }

    static func run(_ sql: String, on handle: OpaquePointer) throws(SQLiteFault) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw SQLiteFault(handle) }
    }

    /// <https://sqlite.org/limits.html>: what a statement of a person never comes near to.
    static func limit(_ handle: OpaquePointer, _ limits: QueryLimits) {
        let wanted: [(Int32, Int)] = [
            (SQLITE_LIMIT_LENGTH, limits.valueBytes), (SQLITE_LIMIT_SQL_LENGTH, limits.statementBytes),
            (SQLITE_LIMIT_COLUMN, 500), (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_COMPOUND_SELECT, 50),
            (SQLITE_LIMIT_VDBE_OP, 100_000), (SQLITE_LIMIT_FUNCTION_ARG, 100), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500), (SQLITE_LIMIT_VARIABLE_NUMBER, 1000),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 0), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in wanted { sqlite3_limit(handle, limit, Int32(clamping: value)) }
    }

    /// Looks at the clock every few thousand instructions; a single one that lasts is the parent's to end.
    private func watchTime() {
        sqlite3_progress_handler(
            handle,
            2000,
            { context in
                guard let context else { return 1 }
                let connection = Unmanaged<GuardedConnection>.fromOpaque(context).takeUnretainedValue()
                return ContinuousClock.now < connection.deadline ? 0 : 1
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }
}
