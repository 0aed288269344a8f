import ExactJSON
import Testing

@testable import Querying

/// What a statement may read, and what it may not, however it goes about it.
@Suite(.timeLimit(.minutes(2)))
struct GuardTests {
    private static let views = [
        "cluster_links", "link_history", "link_errors", "link_tasks", "changes", "polls", "alerts", "clusters",
    ]

    @Test func `every view is read as a whole, without any column, and beside another`() async throws {
        try await QueryFixture.with { fixture in
            for view in Self.views {
                for sql in [
                    "SELECT * FROM \(view)", "SELECT count(*) FROM \(view)", "SELECT 1 FROM temp.\(view)",
                    "SELECT a.cluster_id FROM clusters AS a, \(view) AS b",
                    "WITH x AS (SELECT * FROM \(view.uppercased())) SELECT count(*) FROM x",
                    "SELECT (SELECT count(*) FROM \(view)), EXISTS (SELECT 1 FROM \(view)), 1 IN (SELECT 1 FROM \(view))",
                    "SELECT * FROM \(view) LEFT JOIN \(view) AS other USING (cluster_id) ORDER BY 1 DESC",
                ] {
                    #expect(await fixture.refusal(sql) == nil, "\(sql)")
                }
            }
        }
    }

    private static let tables = [
        "documents", "main.documents", "links", "audit", "main.clusters", "main.alerts", "main.changes",
        "sqlite_master",
        "sqlite_schema", "main.sqlite_schema", "temp.sqlite_master", "sqlite_temp_schema", "sqlite_temp_master",
        "pragma_table_list", "pragma_database_list", "pragma_function_list", "dbstat", "sqlite_dbpage", "sqlite_stmt",
        "grdb_migrations", "silences",
    ]

    @Test func `no table is read, under whatever name`() async throws {
        try await QueryFixture.with { fixture in
            let doors = [
                "SELECT * FROM TABLE", "SELECT count(*) FROM TABLE", "SELECT 1 FROM TABLE, clusters",
                "WITH cluster_links AS (SELECT * FROM TABLE) SELECT * FROM cluster_links",
                "WITH clusters AS (SELECT count(*) AS n FROM TABLE) SELECT n FROM clusters",
                "SELECT * FROM (SELECT * FROM TABLE) AS cluster_links", "SELECT 1 IN TABLE",
                "SELECT (SELECT rowid FROM TABLE) FROM clusters",
                "WITH RECURSIVE clusters(n) AS (SELECT rowid FROM TABLE UNION SELECT n FROM clusters) SELECT * FROM clusters",
            ]
            for table in Self.tables {
                // Through all doors where it is of the inventory, through those without a name of its own where it is SQLite's.
                for sql in table.hasSuffix("documents") ? doors : Array(doors.prefix(2)) {
                    let sql = sql.replacing("TABLE", with: table)
                    let refusal = await fixture.refusal(sql)
                    switch refusal {
                    case .foreignTable, .invalid: break
                    default: Issue.record("\(sql): \(refusal.map { "\($0)" } ?? "answered")")
                    }
                    let words = "\(refusal.map { "\($0)" } ?? "")"
                    // Nothing of what stands behind the views is told.
                    #expect(words.firstMatch(of: /v[0-9a-z]{20,}/) == nil, "\(words)")
                }
            }
        }
    }

    @Test func `no table is read through the columns by which it is joined`() async throws {
        try await QueryFixture.with { fixture in
            for (table, column) in [
                ("main.documents", "body"), ("documents", "body"), ("main.links", "link_name"),
                ("main.clusters", "cluster_id"), ("main.alerts", "message"), ("main.sqlite_schema", "sql"),
                ("sqlite_master", "name"), ("sqlite_temp_schema", "sql"), ("temp.sqlite_master", "sql"),
                ("sqlite_sequence", "name"), ("pragma_table_list", "name"), ("dbstat", "name"),
            ] {
                for sql in [
                    "SELECT X FROM (SELECT 1 AS X) FULL JOIN TABLE USING (X)",
                    "SELECT X FROM TABLE FULL JOIN (SELECT 1 AS X) USING (X)",
                    "SELECT count(*) FROM (SELECT 1 AS X) JOIN TABLE USING (X)",
                    "SELECT 1 FROM (SELECT 1 AS X) NATURAL JOIN TABLE",
                    "SELECT 1 IN (SELECT X FROM (SELECT 1 AS X) FULL JOIN TABLE USING (X))",
                ] {
                    let sql = sql.replacing("X", with: column).replacing("TABLE", with: table)
                    let refusal = await fixture.refusal(sql)
                    guard case .foreignTable? = refusal else {
                        Issue.record("\(sql): \(refusal.map { "\($0)" } ?? "answered")")
                        continue
                    }
                }
            }
            for joined in ["clusters FULL JOIN cluster_links USING (cluster_id)", "clusters NATURAL JOIN polls"] {
                #expect(await fixture.refusal("SELECT cluster_id, count(*) FROM \(joined)") == nil, "\(joined)")
            }
        }
    }

    private static let writing = [
        ("DELETE FROM main.links", "DELETE"),
        ("UPDATE main.links SET link_name = 'x'", "UPDATE"),
        ("INSERT INTO main.audit VALUES (1, 2, 3, 4, 5, 6, 7)", "INSERT"),
        ("REPLACE INTO main.audit VALUES (1, 2, 3, 4, 5, 6, 7)", "INSERT"),
        ("WITH x AS (SELECT 1) DELETE FROM main.links WHERE 1 IN x", "DELETE"),
        ("CREATE TABLE x (a)", "a change of the schema"), ("CREATE TEMP TABLE x (a)", "a change of the schema"),
        ("CREATE VIEW x AS SELECT 1", "a change of the schema"),
        ("CREATE TEMP TABLE x AS SELECT * FROM main.documents", "a change of the schema"),
        ("CREATE VIRTUAL TABLE x USING fts5(a)", "a change of the schema"),
        ("CREATE TRIGGER x AFTER DELETE ON links BEGIN SELECT 1; END", "a change of the schema"),
        ("DROP TABLE main.links", "a change of the schema"), ("DROP VIEW cluster_links", "a change of the schema"),
        ("ALTER TABLE main.links RENAME TO x", "a change of the schema"), ("ATTACH ':memory:' AS x", "ATTACH"),
        ("DETACH main", "DETACH"),
        ("PRAGMA query_only = OFF", "PRAGMA"), ("PRAGMA writable_schema = ON", "PRAGMA"),
        ("PRAGMA user_version", "PRAGMA"),
        ("BEGIN", "a transaction of one's own"), ("COMMIT", "a transaction of one's own"),
        ("SAVEPOINT x", "a transaction of one's own"), ("ANALYZE", "a change of the schema"), ("REINDEX", "REINDEX"),
        ("VACUUM", "a statement without rows"), ("VACUUM INTO '/tmp/x.db'", "a statement without rows"),
        ("EXPLAIN SELECT 1", "EXPLAIN"), ("EXPLAIN QUERY PLAN SELECT * FROM cluster_links", "EXPLAIN"),
    ]

    @Test func `a statement that does anything but read is refused`() async throws {
        try await QueryFixture.with { fixture in
            for (sql, what) in Self.writing {
                #expect(await fixture.refusal(sql) == .notReading(what: what), "\(sql)")
            }
        }
    }

    @Test func `functions that reach beyond their arguments are refused`() async throws {
        try await QueryFixture.with { fixture in
            for call in [
                "load_extension('/tmp/x.so')", "readfile('/etc/passwd')", "writefile('/tmp/x', 'y')", "edit('x')",
                "fts3_tokenizer('simple')", "sqlite_compileoption_get(1)", "sqlite_compileoption_used('x')",
                "sqlite_version()", "sqlite_source_id()", "sqlite_log(1, 'x')", "last_insert_rowid()", "changes()",
                "total_changes()", "sqlite_offset(1)", "eval('SELECT 1')",
            ] {
                switch await fixture.refusal("SELECT \(call)") {
                case .foreignFunction?, .invalid?: break
                case let other: Issue.record("\(call): \(other.map { "\($0)" } ?? "answered")")
                }
            }
            #expect(await fixture.refusal("SELECT sqlite_version()") == .foreignFunction(name: "sqlite_version"))
        }
    }

    @Test func `what computes from its arguments alone is allowed`() async throws {
        try await QueryFixture.with { fixture in
            let rows = try await fixture.rows(
                """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5)
                SELECT (SELECT sum(i) FROM n), (SELECT group_concat(i, '-') FROM n), '{"a":[1,2]}' -> '$.a' ->> 1,
                    (SELECT count(*) FROM json_each('[1,2,3]')), (SELECT max(fullkey) FROM json_tree('[[1]]')),
                    strftime('%Y', '2026-11-22'), printf('%05d', 7), 'abc' LIKE 'A%', 'abc' GLOB 'a*', hex('a'),
                    (SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY i) AS r FROM n))
                """
            )
            #expect(rows == [[15, "1-2-3-4-5", 2, 3, "$[0][0]", "2026", "00007", 1, 1, "61", 5]])
        }
    }
}
