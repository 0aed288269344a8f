import ClusterLinks
import Foundation
import Inventory
import Testing

/// The inventory against a model that keeps every observation and works everything out anew, over random histories.
struct HistoryPropertyTests {
    @Test(arguments: 0..<8)
    func whatIsKeptIsWhatWasObserved(shard: Int) async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            for seed in stride(from: shard, to: 320, by: 8) {
                let path = folder.appending(path: "\(seed).db").path
                var history = try await RandomHistory(seed: seed, path: path)
                for step in 1...40 {
                    try await history.step()
                    if step % 15 == 0 { try await history.restart() }
                }
                await history.inventory.storeSightings()
                try await Comparison(history, seed: seed).all()
                try await history.inventory.close()
                #expect(try StoredInvariants(path: path).violations == [], "seed \(seed)")
            }
        }
    }
}
