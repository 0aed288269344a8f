import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Logging
import NaiveInventory
import Testing

/// A database that refuses writes for a while, with little room for what waits, over random histories.
struct FoldingPropertyTests {
    @Test(arguments: 0..<8)
    func whatIsStoredAfterwardsIsTrueAndWhatIsNotIsCounted(shard: Int) async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            for seed in HistorySeeds.asked(orFirst: 128) where seed % 8 == shard {
                let path = folder.appending(path: "\(seed).db").path
                var history = try await RandomHistory(seed: seed, path: path, backlogLimit: seed % 7)
                for _ in 0..<8 { try await history.step() }
                for _ in 0..<2 {
                    try history.refuseWrites(true)
                    for _ in 0..<24 { try await history.step() }
                    try Recovery(history, seed: seed).thePresentIsServed()
                    try history.refuseWrites(false)
                    await history.inventory.storeSightings()
                    for _ in 0..<4 { try await history.step() }
                    await history.inventory.storeSightings()
                }
                try await Recovery(history, seed: seed).allThatIsStoredIsTrue()
                try await Recovery(history, seed: seed).theStoredPresentIsTheServedOne()
            }
        }
    }
}

private struct Recovery {
    private let history: RandomHistory
    private let stored: DatabaseQueue
    private let comparison: Comparison
    private let note: Comment

    init(_ history: RandomHistory, seed: Int) throws {
        self.history = history
        stored = try DatabaseQueue(path: history.path)
        comparison = Comparison(history, stored, seed: seed)
        note = "seed \(seed)"
    }

    func thePresentIsServed() throws {
        let fleet = history.inventory.fleet.current(at: history.now)
        for (id, cluster) in history.naive {
            comparison.compare(try #require(fleet.cluster(id)), to: cluster, isWhole: false)
        }
        let durable = try stored.read { try Int64.fetchOne($0, sql: "SELECT ifnull(max(sequence), 0) FROM changes") }
        #expect(fleet.sequence == durable, note)
    }

    func allThatIsStoredIsTrue() async throws {
        #expect(history.inventory.fleet.durability.isDurable, note)
        #expect(history.inventory.fleet.durability.waiting == 0, note)
        let violations = try StoredInvariants(stored).violations
        #expect(violations == [], note)
        try thePresentIsServed()
        var happened = 0
        for (id, cluster) in history.naive {
            let links = cluster.numbers.map { cluster.link($0) }
            happened += links.reduce(0) { $0 + $1.changes.count + $1.episodes.count }
            happened += cluster.snapshots.count + NaiveRun.runs(of: cluster).count
            for name in Set(links.compactMap { $0.facts?.name }) {
                try await compare(.init(cluster: id, name: name), to: links.filter { $0.facts?.name == name })
            }
            let runs = try await history.inventory.history.pollRuns(of: id, page: .init(limit: 1000))
            let happenedRuns = NaiveRun.runs(of: cluster)
            #expect(runs.allSatisfy { happenedRuns.contains(NaiveRun($0)) }, note)
            #expect(runs.first.map { NaiveRun($0) } == happenedRuns.last, note)
        }
        let kept = try await stored.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM changes WHERE link_key IS NOT NULL)
                        + (SELECT count(*) FROM error_episodes) + (SELECT count(*) FROM snapshots)
                        + (SELECT count(*) FROM poll_runs)
                    """
            )
        }
        #expect(history.inventory.fleet.durability.lost == happened - (kept ?? 0), note)
    }

    private func compare(_ selection: History.LinkSelection, to links: [NaiveLink]) async throws {
        let versions = links.flatMap(\.versions)
        for row in try await history.inventory.history.versions(of: selection, page: .init(limit: 1000)) {
            let version = versions.first { $0.from == row.validFrom }
            #expect(LinkFacts(row.document.fields) == version?.endsAs, note)
            if row.validTo == nil { #expect(version?.to == nil, note) }
        }
        let episodes = links.flatMap(\.episodes)
        for row in try await history.inventory.history.episodes(of: selection, page: .init(), now: history.now) {
            let episode = episodes.first { $0.from == row.startedAt }
            #expect(
                row.trouble.text == episode?.trouble,
                note
            )
            #expect(row.endedAt == episode?.to, note)
            let messages = (episode?.messages ?? []).map { "\($0.at) \($0.message)" }
            let told = row.messages.map { "\($0.at) \($0.message)" }
            #expect(Set(told).isSubset(of: messages), note)
            #expect(told.last == messages.last, note)
        }
    }

    func theStoredPresentIsTheServedOne() async throws {
        let served = history.inventory.fleet.current(at: history.now)
        try await history.inventory.close()
        let database = try InventoryDatabase(path: history.path)
        let inventory = try InventoryStore(database: database, time: HandClock(), logger: Logger(label: "test"))
        let restored = inventory.fleet.current(at: history.now)
        #expect(restored.sequence == served.sequence, note)
        for (restored, served) in zip(restored.clusters, served.clusters) {
            #expect(restored.links.map(\.link) == served.links.map(\.link), note)
            #expect(restored.ghosts == served.ghosts, note)
            #expect(restored.isConfigured == served.isConfigured, note)
            #expect(restored.wasListed == served.wasListed, note)
        }
        try await inventory.close()
    }
}
