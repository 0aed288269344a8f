import ClusterLinks
import GRDB
import Inventory
import Testing

/// How SQLite carries out questions over the views: what is said of them by index, however much is kept.
struct ViewPlanTests {
    @Test(arguments: [
        "SELECT * FROM cluster_links WHERE cluster_id = 'a'", "SELECT * FROM cluster_links WHERE link_name = 'a'",
        "SELECT link_error FROM cluster_links WHERE cluster_id = 'a' AND link_name = 'b'",
        "SELECT * FROM cluster_links WHERE cluster_id IN (SELECT cluster_id FROM clusters WHERE labels = '{}')",
        "SELECT * FROM link_history WHERE cluster_id = 'a' AND link_name = 'b' ORDER BY valid_from DESC",
        "SELECT * FROM link_history WHERE link_name = 'b'", "SELECT * FROM link_errors WHERE cluster_id = 'a'",
        "SELECT * FROM link_errors WHERE cluster_id = 'a' AND link_name = 'b'",
        "SELECT * FROM link_tasks WHERE cluster_id = 'a' AND link_name = 'b'",
        "SELECT * FROM changes WHERE sequence > 100 AND sequence < 200", "SELECT * FROM changes WHERE sequence = 7",
        "SELECT * FROM changes WHERE sequence > 100 AND cluster_id = 'a' ORDER BY sequence LIMIT 100",
        "SELECT * FROM polls WHERE cluster_id = 'a'", "SELECT * FROM alerts WHERE cluster_id = 'a' AND link_name = 'b'",
        "SELECT * FROM clusters WHERE cluster_id = 'a'", "SELECT * FROM alerts WHERE id = 'a'",
        "SELECT c.cluster_name, h.valid_from FROM link_history AS h JOIN clusters AS c USING (cluster_id) WHERE link_name = 'b'",
        """
        SELECT l.link_name, e.started_at FROM cluster_links AS l
            JOIN link_errors AS e ON e.cluster_id = l.cluster_id AND e.link_name = l.link_name
        WHERE l.cluster_id = 'a'
        """,
        """
        SELECT c.sequence, h.link_state FROM changes AS c
            JOIN link_history AS h ON h.cluster_id = c.cluster_id AND h.link_name = c.link_name AND h.valid_from = c.at
        WHERE c.sequence > 100
        """,
    ])
    func `nothing that grows is passed through as a whole`(_ question: String) async throws {
        let plan = try await plan(of: question)
        let growing = [
            "versions", "latest", "following", "documents", "document", "change", "version", "run", "earlier",
            "episode",
            "said", "source", "alert", "links", "link", "member", "incident",
        ]
        let passes = growing.flatMap { [$0, "main.\($0)"] }.flatMap {
            ["SCAN \($0)", "SCAN \($0) VIRTUAL TABLE", "SEARCH \($0) USING PRIMARY KEY"]
        }
        #expect(plan.filter { line in passes.contains(line) } == [], "\(plan.joined(separator: "\n"))")
        // A view that is made whole before anything is asked of it has its name here.
        let whole = plan.filter { $0.contains("MATERIALIZE") || $0.contains("CO-ROUTINE") }
        #expect(whole.filter { !$0.contains("(subquery-") } == [], "\(plan.joined(separator: "\n"))")
    }

    @Test func `the latest changes are read from the end`() async throws {
        let plan = try await plan(of: "SELECT * FROM changes ORDER BY sequence DESC LIMIT 10")
        #expect(plan.first == "SCAN change", "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    private func plan(of question: String) async throws -> [String] {
        try await InventoryFixture.with { fixture in
            try await fixture.life { _ in }
            return try await DatabaseQueue(path: fixture.path).writeWithoutTransaction { db in
                db.add(function: DatabaseFunction("path_segment", argumentCount: 1, pure: true) { $0.first })
                for view in InventoryViews(at: fixture.clock.now(), stale: []).all {
                    // Behind a view of its own, as they are for a question.
                    let columns = view.columns.map(\.name).joined(separator: ", ")
                    try db.execute(sql: "CREATE TEMP VIEW inner_\(view.name) (\(columns)) AS \(view.select)")
                    try db.execute(sql: "CREATE TEMP VIEW \(view.name) AS SELECT \(columns) FROM inner_\(view.name)")
                }
                return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(question)").map { $0["detail"] as String }
            }
        }
    }
}
