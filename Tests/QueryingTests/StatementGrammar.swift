/// Makes statements by a small grammar of SQL over the views and the tables behind them, and breaks some of them.
struct StatementGrammar {
    private var state: UInt64
    /// Whether the statement keeps to the views, to columns that all of them have, and to what computes with anything.
    private var isTame = false

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    private mutating func one(of texts: [String]) -> String { texts[below(texts.count)] }

    mutating func statement() -> String {
        isTame = below(2) == 0
        if isTame { return select(depth: 2) }
        var text = below(3) == 0 ? writing() : select(depth: 3)
        if below(6) == 0 {
            text += one(of: [";", "; ", "; SELECT 1", "; DELETE FROM main.links", " -- done", "/*", " ;;"])
        }
        return below(3) == 0 ? broken(text) : text
    }

    private mutating func select(depth: Int) -> String {
        var text = below(5) == 0 && depth > 0 ? "WITH \(one(of: names)) AS (\(select(depth: depth - 1))) " : ""
        text += "SELECT \(one(of: ["", "DISTINCT "]))"
        text += (0...below(3)).map { _ in expression(depth: depth) }.joined(separator: ", ")
        if below(6) > 0 { text += " FROM \(source(depth: depth))" }
        if below(2) == 0 { text += " WHERE \(expression(depth: depth))" }
        if below(5) == 0 { text += " GROUP BY \(expression(depth: 0))" }
        if below(4) == 0 { text += " ORDER BY \(1 + below(3)) DESC" }
        if below(3) == 0 { text += " LIMIT \(below(20))" }
        if below(8) == 0, depth > 0 {
            text += " \(one(of: ["UNION", "UNION ALL", "EXCEPT", "INTERSECT"])) \(select(depth: depth - 1))"
        }
        return text
    }

    private mutating func source(depth: Int) -> String {
        let left =
            below(5) == 0 && depth > 0 ? "(\(select(depth: depth - 1))) AS \(one(of: names))" : one(of: names)
        guard below(4) == 0 else { return left }
        return left + one(of: [" JOIN ", ", ", " LEFT JOIN ", " CROSS JOIN "]) + one(of: names) + " AS other"
    }

    private mutating func expression(depth: Int) -> String {
        guard depth > 0 else { return one(of: leaves) }
        switch below(9) {
        case 0: return "(\(select(depth: depth - 1)))"
        case 1:
            return
                "\(one(of: functions))(\((0..<below(4)).map { _ in expression(depth: depth - 1) }.joined(separator: ", ")))"
        case 2:
            return expression(depth: depth - 1)
                + one(of: [" + ", " || ", " = ", " LIKE ", " IN ", " -> ", " AND ", " % ", " GLOB "])
                + expression(depth: depth - 1)
        case 3: return "CASE WHEN \(expression(depth: depth - 1)) THEN \(expression(depth: depth - 1)) END"
        case 4:
            return
                "CAST(\(expression(depth: depth - 1)) AS \(one(of: ["TEXT", "BLOB", "INTEGER", "REAL", "nonsense"])))"
        default: return one(of: leaves)
        }
    }

    private mutating func writing() -> String {
        let table = one(of: names)
        return one(of: [
            "DELETE FROM \(table)", "UPDATE \(table) SET cluster_id = 'x'", "INSERT INTO \(table) DEFAULT VALUES",
            "INSERT INTO \(table) SELECT * FROM \(one(of: names))", "DROP TABLE \(table)", "DROP VIEW \(table)",
            "CREATE TABLE x\(below(9)) AS \(select(depth: 1))", "CREATE TEMP VIEW \(table) AS \(select(depth: 1))",
            "ATTACH '\(one(of: Self.texts))' AS x", "DETACH \(table)", "PRAGMA \(one(of: Self.pragmas))", "VACUUM",
            "VACUUM INTO '/tmp/\(one(of: Self.texts))'", "ALTER TABLE \(table) ADD COLUMN x", "REINDEX",
            "ANALYZE \(table)",
            "BEGIN EXCLUSIVE", "COMMIT", "ROLLBACK", "SAVEPOINT \(table)", "EXPLAIN \(select(depth: 1))",
            "CREATE TRIGGER t AFTER INSERT ON \(table) BEGIN DELETE FROM links; END",
            "WITH x AS (\(select(depth: 1))) UPDATE \(table) SET rowid = 1",
            "CREATE VIRTUAL TABLE v USING \(one(of: ["fts5", "rtree", "dbstat"]))(a)",
        ])
    }

    /// With bytes taken away, put in, doubled or set, and still a text.
    private mutating func broken(_ text: String) -> String {
        var characters = Array(text)
        for _ in 0...below(4) where !characters.isEmpty {
            let place = below(characters.count)
            switch below(4) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(contentsOf: one(of: Self.oddities), at: place)
            case 2: characters.insert(contentsOf: characters[place..<min(characters.count, place + 20)], at: place)
            default: characters.swapAt(place, below(characters.count))
            }
        }
        return String(characters)
    }

    private var names: [String] { isTame ? Self.views : Self.views + Self.others }
    private var leaves: [String] { isTame ? Self.tameLeaves : Self.tameLeaves + Self.leaves }
    private var functions: [String] { isTame ? Self.tameFunctions : Self.tameFunctions + Self.functions }

    private static let views = [
        "cluster_links", "link_history", "link_errors", "link_tasks", "polls", "clusters", "temp.clusters",
    ]
    private static let tameLeaves = ["1", "-1", "0.5", "NULL", "'x'", "''", "x'00ff'", "'[1,2]'", "9e999", "TRUE"]
    private static let tameFunctions = ["coalesce", "max", "min", "json_array", "printf"]

    private static let others = [
        "cluster_links", "link_history", "link_errors", "link_tasks", "changes", "polls", "alerts", "clusters",
        "documents",
        "main.links", "main.clusters", "temp.clusters", "sqlite_master", "sqlite_temp_schema", "versions", "audit", "x",
        "json_each('[1,2]')", "json_tree('{\"a\":[1]}')", "pragma_table_info('links')", "dbstat", "\"cluster_links\"",
        "[alerts]", "`polls`", "silences", "told", "retention",
    ]
    private static let leaves = [
        "*", "1", "-1", "0.5", "9e999", "NULL", "'x'", "''", "x'00ff'", "link_name", "cluster_id", "body", "rowid",
        "sequence",
        "document", "tasks", "topic_names", "health", "started_at", "count(*)", "?", ":name", "@a", "other.cluster_id",
        "\"double\"", "9223372036854775807", "current_timestamp", "TRUE", "key", "value", "sql", "name",
    ]
    private static let functions = [
        "abs", "hex", "length", "json_extract", "json_group_array", "group_concat", "max", "min", "sum", "printf",
        "zeroblob",
        "randomblob", "replace", "instr", "substr", "strftime", "quote", "char", "load_extension", "readfile",
        "sqlite_version", "typeof", "json_object", "json_each", "coalesce", "row_number", "path_segment", "json_patch",
        "fts3_tokenizer", "last_insert_rowid", "unicode", "likely",
    ]
    private static let pragmas = [
        "writable_schema = 1", "query_only = 0", "journal_mode = DELETE", "wal_checkpoint(TRUNCATE)",
        "user_version = 7",
        "trusted_schema = 1", "integrity_check", "table_list", "hard_heap_limit = 0", "temp_store_directory = '/tmp'",
    ]
    private static let texts = ["test.db", "file:test.db?mode=rwc", ":memory:", "", "/etc/passwd"]
    private static let oddities = [
        "'", "\"", ";", "--", "/*", "(", ")", "é", "\u{1F600}", "\u{0}", "\n", ",", ".", "?", "\\", "\u{FEFF}",
        "\u{7F}",
    ]
}
