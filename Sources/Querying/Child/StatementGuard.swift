import GRDBSQLite

/// Decides, while SQLite reads a statement, what of it is allowed: SELECT on the views and harmless functions, nothing else
/// (<https://sqlite.org/c3ref/set_authorizer.html>).
///
/// SQLite tells with each column that is read the name of "the inner-most view", and means whatever stands in a FROM and is no
/// table: `WITH cluster_links AS (SELECT * FROM documents)` has the name of a view as well as the view has. So the tables are
/// read by inner views whose names are drawn at random for this one statement, and columns of tables are readable under those
/// names only. A name that nobody can guess, for as long as it holds, nobody can take.
final class StatementGuard {
    /// What was refused first.
    private(set) var denial: ReportMessage.Refusal?
    private let views: Set<String>
    private let innerViews: Set<String>
    /// Whatever else a name in a FROM can mean, in lower case.
    private let tables: Set<String>

    /// - Parameter tables: the names of the database's tables and of the modules that are tables by themselves.
    init(views: Set<String>, innerViews: Set<String>, tables: Set<String>) {
        self.views = views
        self.innerViews = innerViews
        self.tables = tables
    }

    /// Modules whose rows come from their arguments alone.
    private static let tableFunctions: Set = ["json_each", "json_tree"]

    /// Watches over what the connection prepares from now on; the guard has to outlive that.
    func watch(_ connection: OpaquePointer) {
        sqlite3_set_authorizer(
            connection,
            { context, action, first, second, database, view in
                guard let context else { return SQLITE_DENY }
                let text = { (text: UnsafePointer<CChar>?) in text.map { String(cString: $0) } }
                return Unmanaged<StatementGuard>.fromOpaque(context).takeUnretainedValue().decide(
                    action,
                    text(first),
                    text(second),
                    database: text(database),
                    within: text(view)
                )
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func decide(
        _ action: Int32,
        _ first: String?,
        _ second: String?,
        database: String?,
        within view: String?
    ) -> Int32 {
        let isOurs = view.map(innerViews.contains) ?? false
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
            let name = (second ?? "").lowercased()
            return isOurs || AllowedFunctions.names.contains(name) ? SQLITE_OK : deny(.foreignFunction(name: name))
        case SQLITE_READ:
            let table = first ?? ""
            return mayRead(table, second ?? "", of: database, isOurs: isOurs)
                ? SQLITE_OK : deny(.foreignTable(name: innerViews.contains(table) ? "that" : table))
        default: return deny(.notReading(what: Self.words(for: action, on: first ?? "")))
        }
    }

    private func mayRead(_ table: String, _ column: String, of database: String?, isOurs: Bool) -> Bool {
        let name = table.lowercased()
        if Self.tableFunctions.contains(name) { return true }
        if database == "temp" || database == nil, views.contains(name) || innerViews.contains(table) { return true }
        // Of a table in a FROM no column of which is used, SQLite asks for the column "": by the name alone, of whatever has it.
        if column.isEmpty {
            return database == nil && !tables.contains(name) && !name.hasPrefix("sqlite_") && !name.hasPrefix("pragma_")
        }
        return isOurs && database == "main"
    }

    /// What was refused of a statement, where a module that is a table by itself may have declared itself in it: SQLite does so when
    /// one is first named, in words like those of a CREATE.
    /// - Parameter message: SQLite's.
    func denial(of sql: String, message: String) -> ReportMessage.Refusal? {
        guard case .notReading(Self.schemaChange)? = denial else { return denial }
        let words = sql.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let module = "vtable constructor failed: "
        let name =
            message.hasPrefix(module)
            ? String(message.dropFirst(module.count)) : words.first { $0.hasPrefix("pragma_") }.map(String.init)
        return name.map { .foreignTable(name: $0) } ?? denial
    }

    private func deny(_ refusal: ReportMessage.Refusal) -> Int32 {
        if denial == nil { denial = refusal }
        return SQLITE_DENY
    }

    private static func words(for action: Int32, on table: String) -> String {
        switch action {
        case SQLITE_INSERT where table.hasPrefix("sqlite_"), SQLITE_UPDATE where table.hasPrefix("sqlite_"),
            SQLITE_DELETE where table.hasPrefix("sqlite_"):
            schemaChange
        case SQLITE_INSERT: "INSERT"
        case SQLITE_UPDATE: "UPDATE"
        case SQLITE_DELETE: "DELETE"
        case SQLITE_PRAGMA: "PRAGMA"
        case SQLITE_ATTACH: "ATTACH"
        case SQLITE_DETACH: "DETACH"
        case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: "a transaction of one's own"
        case SQLITE_REINDEX: "REINDEX"
        default: schemaChange
        }
    }

    static let schemaChange = "a change of the schema"
}
