import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Locking
import Logging
import Testing

struct ChangesTests {
    private static let other = ClusterID("lkc-2")
    private static let clusters = [
        ClusterDescription(id: InventoryFixture.cluster), ClusterDescription(id: other),
    ]

    /// 1 created, 2 created on the other cluster, 3 changed, 4 renamed, 5 deleted, 6 retired, 7 restored.
    private static func withChanges(_ body: (InventoryFixture, InventoryStore) async throws -> Void) async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life(clusters: clusters) { store in
                func list(_ items: [JSONObject], on cluster: ClusterID = InventoryFixture.cluster) async throws {
                    fixture.clock.advance(by: .seconds(60))
                    try await store.list(items, on: cluster, at: fixture.clock.now())
                }
                try await list([item("orders", id: "a")])
                try await list([item("orders", id: "b")], on: other)
                try await list([item("orders", id: "a", error: "TIMEOUT_ERROR")])
                try await list([item("renamed", id: "a", error: "TIMEOUT_ERROR")])
                try await list([])
                await store.configure([clusters[0]])
                await store.configure(clusters)
                try await body(fixture, store)
            }
        }
    }

    private static func sequences(_ page: ChangePage) -> [Int64] { page.rows.map(\.sequence) }

    @Test func aChangeTellsWhatWasAndWhatIs() async throws {
        try await Self.withChanges { _, store in
            let page = try await store.history.changes(after: 0, limit: 100)
            #expect(Self.sequences(page) == Array(1...7))
            #expect(page.rows.map(\.kind) == [.created, .created, .changed, .changed, .deleted, .retired, .restored])
            #expect((page.oldest, page.latest, page.lookedAt) == (1, 7, 7))
            #expect(page.rows.map(\.isBaseline) == [true, true, false, false, false, false, false])
            #expect(page.rows[0].before == nil)
            #expect(page.rows[0].after?.fields["link_name"] == "orders")
            #expect(page.rows[2].changed.names == ["link_error"])
            #expect(page.rows[2].before?.fields["link_error"] == nil)
            #expect(page.rows[2].after?.fields["link_error"] == "TIMEOUT_ERROR")
            #expect(page.rows[3].changed.names == ["link_name"])
            #expect(page.rows[3].linkName == LinkName("renamed"))
            #expect(page.rows[3].subject.linkNames == Set(["orders", "renamed"].compactMap { LinkName($0) }))
            #expect(page.rows[4].after == nil)
            #expect(page.rows[4].clusterLinkID == ClusterLinkID("a"))
            #expect(page.rows[5].cluster == Self.other)
            #expect(page.rows[5].linkName == nil)
            #expect(page.rows.map(\.at) == page.rows.map(\.at).sorted())
        }
    }

    @Test(
        arguments: [
            (ChangeFilter(kinds: [.changed, .deleted]), [3, 4, 5]),
            (ChangeFilter(clusters: [other]), [2, 6, 7]),
            (ChangeFilter(linkNames: Set(["orders"].compactMap { LinkName($0) })), [1, 2, 3, 4]),
            (ChangeFilter(linkNames: Set(["renamed"].compactMap { LinkName($0) })), [4, 5]),
            (ChangeFilter(linkNames: Set(["nope", "\u{0}"].compactMap { LinkName($0) })), []),
            (ChangeFilter(clusterLinkIDs: Set(["a"].compactMap { ClusterLinkID($0) })), [1, 3, 4, 5]),
            (
                ChangeFilter(
                    kinds: [.created],
                    clusters: [other, ClusterID("lkc-3")],
                    linkNames: Set(["orders"].compactMap { LinkName($0) })
                ), [2]
            ),
            (ChangeFilter(kinds: []), []),
        ] as [(ChangeFilter, [Int64])]
    )
    func aFilterAdmitsTheSameOnEveryPageSize(filter: ChangeFilter, expected: [Int64]) async throws {
        try await Self.withChanges { _, store in
            for (limit, most) in [(100, History.changesLookedAt), (1, 3), (2, 1), (7, 2)] as [(Int, Int64)] {
                var found: [Int64] = []
                var after: Int64 = 0
                while after < 7 {
                    let page = try await store.history.changes(
                        after: after,
                        limit: limit,
                        filter: filter,
                        lookingAt: most
                    )
                    #expect(page.rows.count <= limit)
                    #expect(page.lookedAt > after && page.lookedAt <= after + most)
                    found += Self.sequences(page)
                    after = page.lookedAt
                }
                #expect(found == expected, "limit \(limit)")
            }
            let all = try await store.history.changes(after: 0, limit: 100)
            #expect(Self.sequences(all).filter { filter.admits(all.rows[Int($0) - 1].subject) } == expected)
        }
    }

    @Test func pagesBeginWhereTheFeedIsKeptAndEndWhereItEnds() async throws {
        try await Self.withChanges { fixture, store in
            let writer = try DatabaseQueue(path: fixture.path)
            try await writer.write { try $0.execute(sql: "DELETE FROM changes WHERE sequence < 4") }
            let first = try await store.history.changes(after: 0, limit: 2)
            #expect(Self.sequences(first) == [4, 5])
            #expect((first.oldest, first.latest, first.lookedAt) == (4, 7, 5))
            let last = try await store.history.changes(after: 5, limit: 2)
            #expect(Self.sequences(last) == [6, 7])
            #expect(last.lookedAt == 7)
            for after in [7, 8, .max] as [Int64] {
                let none = try await store.history.changes(after: after, limit: 2)
                #expect(none.rows.isEmpty)
                #expect((none.lookedAt, none.latest) == (after, 7))
            }
            try await writer.write { try $0.execute(sql: "DELETE FROM changes") }
            let empty = try await store.history.changes(after: 0, limit: 2)
            #expect((empty.oldest, empty.latest, empty.lookedAt) == (nil, 0, 0))
        }
    }

    @Test func aPageIsFoundByNumberAndScansNoTableThatGrows() async throws {
        try await InventoryFixture.with { fixture in
            let asked = Locked(Set<String>())
            let database = try InventoryDatabase(path: fixture.path) { sql in asked.withLock { _ = $0.insert(sql) } }
            let store = try InventoryStore(database: database, time: fixture.clock, logger: Logger(label: "test"))
            await store.configure(Self.clusters)
            try await store.list([item("orders")], at: fixture.clock.now())
            asked.withLock { $0 = [] }
            let name = Set(["orders"].compactMap { LinkName($0) })
            for filter in [ChangeFilter(), ChangeFilter(kinds: [.created], clusters: [Self.other], linkNames: name)] {
                _ = try await store.history.changes(after: 0, limit: 10, filter: filter)
            }
            try await store.close()
            let queue = try DatabaseQueue(path: fixture.path)
            let questions = asked.withLock(\.self).filter { $0.hasPrefix("SELECT") }
            #expect(questions.count == 4)
            for sql in questions {
                let plan = try await queue.read { db in
                    let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                    statement.setUncheckedArguments([])
                    return try Row.fetchAll(statement).map { $0["detail"] as String }
                }
                #expect(!plan.contains { $0.hasPrefix("SCAN changes") || $0.hasPrefix("SCAN documents") }, "\(plan)")
                #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(plan)")
                if sql.contains("before_key") {
                    #expect(plan.first == "SEARCH changes USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "\(plan)")
                }
            }
        }
    }
}
