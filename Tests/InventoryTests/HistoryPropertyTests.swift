import ClusterLinks
import Foundation
import GRDB
import Inventory
import NaiveInventory
import Testing

/// The inventory against a model that keeps every observation and works everything out anew, over random histories.
struct HistoryPropertyTests {
    @Test(arguments: 0..<8)
    func whatIsKeptIsWhatWasObserved(shard: Int) async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            for seed in HistorySeeds.asked(orFirst: 200) where seed % 8 == shard {
                let path = folder.appending(path: "\(seed).db").path
                var history = try await RandomHistory(seed: seed, path: path)
                for step in 1...34 {
                    try await history.step()
                    if step % 13 == 0 { try await history.restart() }
                }
                await history.inventory.storeSightings()
                let stored = try DatabaseQueue(path: path)
                try await Comparison(history, stored, seed: seed).all()
                try await ViewComparison(history, stored, seed: seed).all()
                #expect(try StoredInvariants(stored).violations == [], "seed \(seed)")
                try stored.close()
                try await history.inventory.close()
            }
        }
    }
}
