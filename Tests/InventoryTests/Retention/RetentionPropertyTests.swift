import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Logging
import NaiveInventory
import Testing

/// Random histories of which the oldest part goes at random moments, beside others that keep everything.
struct RetentionPropertyTests {
    @Test(arguments: 0..<8)
    func whatIsKeptIsAnsweredAsBefore(shard: Int) async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            for seed in stride(from: shard, to: 80, by: 8) { try await run(seed, in: folder) }
        }
    }

    private func run(_ seed: Int, in folder: URL) async throws {
        var random = SeededGenerator(seed: 1_000_000 + seed)
        var history = try await RandomHistory(seed: seed, path: folder.appending(path: "\(seed).db").path)
        var whole = try await RandomHistory(seed: seed, path: folder.appending(path: "\(seed)-whole.db").path)
        let start = history.now
        for step in 1...40 {
            try await history.step()
            try await whole.step()
            if random.once(in: 8) {
                let span = max(1, (history.now - start).milliseconds)
                let cutoff = start.advanced(by: .milliseconds(Int64.random(in: 0...span, using: &random)))
                try await letGo(before: cutoff, of: history, seed: seed)
            }
            if step % 13 == 0 {
                try await history.restart()
                try await whole.restart()
            }
        }
        try await compare(history, to: whole, seed: seed)
        try await history.inventory.close()
        try await whole.inventory.close()
    }

    /// Nothing that is answered about the time from the cutoff on differs, nor does anything about the present.
    private func letGo(before cutoff: Instant, of history: RandomHistory, seed: Int) async throws {
        let inventory = history.inventory
        await inventory.storeSightings()
        let from = max(cutoff, try await inventory.history.keptFrom() ?? cutoff)
        let since = AnswersSince(inventory: inventory, instant: from, now: history.now)
        let before = try await since.all()
        let present = try await self.present(of: inventory, at: history.now)
        _ = try await retention(of: inventory).letGo(before: cutoff)
        let after = try await since.all()
        for (question, answer) in before { #expect(after[question] == answer, "seed \(seed): \(question)") }
        #expect(try await self.present(of: inventory, at: history.now) == present, "seed \(seed)")
        if let kept = try await inventory.history.keptFrom() { #expect(kept <= from, "seed \(seed)") }
        try checkFile(history.path, isClean: cutoff == from, seed: seed)
    }

    private func compare(_ history: RandomHistory, to whole: RandomHistory, seed: Int) async throws {
        for history in [history, whole] { await history.inventory.storeSightings() }
        guard let from = try await history.inventory.history.keptFrom() else { return }
        let answers = { (inventory: InventoryStore) in
            var since = AnswersSince(inventory: inventory, instant: from, now: history.now)
            since.tellsFirstObservation = false
            return try await since.all()
        }
        let (kept, expected) = (try await answers(history.inventory), try await answers(whole.inventory))
        for (question, answer) in expected { #expect(kept[question] == answer, "seed \(seed): \(question)") }
        let stored = try DatabaseQueue(path: history.path)
        let comparison = Comparison(history, stored, seed: seed)
        let fleet = history.inventory.fleet.current(at: history.now)
        for (id, cluster) in history.naive {
            comparison.compare(try #require(fleet.cluster(id)), to: cluster, isWhole: false)
        }
        try stored.close()
    }

    /// As a start finds it, too.
    private func present(of inventory: InventoryStore, at now: Instant) async throws -> [String] {
        let answers = try await InventoryAnswers(inventory, now: now).all()
        return (answers.object?["clusters"]?.array ?? []).map { "\($0.object?["present"] ?? .null)" }
    }

    /// - Parameter isClean: false where less was let go than once before, and what happened since may be older.
    private func checkFile(_ path: String, isClean: Bool, seed: Int) throws {
        let stored = try DatabaseQueue(path: path)
        let (violations, garbage) = (try StoredInvariants(stored).violations, try StoredGarbage(stored).counts)
        #expect(violations == [], "seed \(seed)")
        if isClean { #expect(garbage == [:], "seed \(seed)") }
        try stored.close()
    }

    private func retention(of inventory: InventoryStore) -> Retention {
        Retention(
            inventory: inventory,
            policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
            time: HandClock(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }
}
