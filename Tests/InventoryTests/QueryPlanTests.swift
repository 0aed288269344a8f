import ClusterLinks
import Foundation
import GRDB
import Inventory
import Locking
import Logging
import Testing

/// How SQLite carries out what History asks: by index, however large the tables that grow are.
struct QueryPlanTests {
    /// Tables that grow with what happens, by every name a query gives them.
    ///
    /// `clusters`, `links` and the like grow with the fleet.
    private static let growing = [
        "versions", "version", "renamed", "last", "latest", "changes", "poll_runs", "run", "error_episodes",
        "episode_messages", "snapshots", "documents", "alerts", "alert_events", "incidents", "incident_alerts",
        "notifications", "audit",
    ]

    /// A scan, or what EXPLAIN calls a search although nothing narrows it: for a maximum.
    private static let passes = growing.flatMap { ["SCAN \($0)", "SEARCH \($0) USING PRIMARY KEY"] }

    @Test func noQueryScansATableThatGrows() async throws {
        try await InventoryFixture.with { fixture in
            let statements = Statements()
            let database = try InventoryDatabase(path: fixture.path) { statements.add($0) }
            let inventory = try InventoryStore(database: database, time: fixture.clock, logger: Logger(label: "test"))
            await inventory.configure([ClusterDescription(id: InventoryFixture.cluster)])
            let start = fixture.clock.now()
            for (name, error) in [("old", nil), ("orders", "TIMEOUT_ERROR"), ("orders", nil)] {
                try await inventory.list([item(name, id: "id", error: error, message: error)], at: fixture.clock.now())
                fixture.clock.advance(by: .seconds(60))
            }
            try await inventory.list([], at: fixture.clock.now())
            try await askEverything(of: inventory.history, from: start, to: fixture.clock.now())
            _ = try database.lastInstant()
            try await inventory.close()

            try await expectIndexes(in: statements, on: fixture.path)
        }
    }

    /// So a start takes as long as the fleet is large, whatever has happened to it.
    @Test func noStartScansATableThatGrows() async throws {
        let fixture = try #require(SchemaFixture.released.last)
        try await fixture.withCopy { copy in
            let statements = Statements()
            let database = try InventoryDatabase(path: copy.path) { statements.add($0) }
            let clock = HandClock(copy.now.milliseconds)
            _ = try database.lastInstant()
            let inventory = try InventoryStore(database: database, time: clock, logger: Logger(label: "test"))
            #expect(!inventory.fleet.current(at: copy.now).clusters.isEmpty)
            try await inventory.close()
            try await expectIndexes(in: statements, on: copy.path)
        }
    }

    @Test(arguments: SchemaFixture.released)
    func `the last instant is that of whatever was stored last`(_ fixture: SchemaFixture) async throws {
        try await fixture.withCopy { copy in
            let database = try InventoryDatabase(path: copy.path)
            let columns = [
                ("versions", "valid_from"), ("versions", "completed_at"), ("changes", "at"), ("poll_runs", "last_at"),
                ("error_episodes", "started_at"), ("error_episodes", "ended_at"), ("configuration_spans", "valid_from"),
                ("configuration_spans", "valid_to"), ("snapshots", "first_observed_at"), ("alert_events", "at"),
                ("notifications", "at"), ("audit", "at"),
            ]
            let last = try await DatabaseQueue(path: copy.path).read { db in
                try columns.compactMap { try Int64.fetchOne(db, sql: "SELECT max(\($0.1)) FROM \($0.0)") }.max()
            }
            #expect(try database.lastInstant()?.milliseconds == last)
            try database.close()
        }
    }

    private func expectIndexes(in statements: Statements, on path: String) async throws {
        let queue = try DatabaseQueue(path: path)
        // Migrations pass over whole tables, once.
        let asked = statements.all.filter { $0.hasPrefix("SELECT") && !$0.contains("old_") }
        #expect(asked.count > 10)
        for sql in asked {
            let plan = try await queue.read { db in
                // The values are left out: no plan depends on them here.
                let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                statement.setUncheckedArguments([])
                return try Row.fetchAll(statement).map { $0["detail"] as String }
            }
            #expect(plan.filter(Self.passes.contains) == [], "\(sql)")
        }
    }

    private func askEverything(of history: History, from: Instant, to: Instant) async throws {
        let cluster = InventoryFixture.cluster
        let position = History.Position(at: to, key: 1)
        for id in [nil, ClusterLinkID("id")] {
            let link = History.LinkSelection(cluster: cluster, name: "orders", id: id)
            for page in [.init(), History.Page(from: from, to: to, before: position, limit: 3)] {
                _ = try await history.versions(of: link, page: page)
                _ = try await history.episodes(of: link, page: page, now: to)
                _ = try await history.knows(link)
                _ = try await history.absence(of: link, at: to)
                _ = try await history.renaming(of: link)
            }
            _ = try await history.availability(of: link, in: Span(from: from, to: to))
            _ = try await history.evidence(of: link, in: Span(from: from, to: to), now: to)
        }
        for page in [.init(), History.Page(from: from, to: to, before: position, limit: 3)] {
            _ = try await history.snapshots(of: cluster, page: page)
            _ = try await history.pollRuns(of: cluster, page: page)
        }
        for bounds in [(nil, nil), (from, to)] as [(Instant?, Instant?)] {
            _ = try await history.episodes(
                page: .init(from: bounds.0, to: bounds.1, before: position, limit: 3),
                now: to,
                admitsLink: { _ in true },
                admitsTrouble: { _ in true }
            )
        }
        _ = try await history.fleet(at: to) { fleet in
            _ = try fleet.notYetObserved()
            if let cluster = try fleet.cluster(ClusterDescription(id: InventoryFixture.cluster)) {
                _ = try fleet.links(of: cluster)
            }
        }
        _ = try await history.differences(from: from, to: to) { differences in
            for cluster in differences.clusters { _ = try differences.differences(on: cluster) }
        }
        _ = try await history.availability(of: [cluster], in: Span(from: from, to: to))
        _ = try await history.deletedLinks()
        _ = try await history.deletedLinks(of: cluster)
    }

    private final class Statements: Sendable {
        private let texts = Locked(Set<String>())

        func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }

        var all: [String] { texts.withLock { $0.sorted() } }
    }
}
