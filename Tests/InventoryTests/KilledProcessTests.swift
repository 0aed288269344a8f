import ClusterLinks
import Foundation
import GRDB
import Inventory
import Logging
import Testing

/// What is left of an inventory whose process was killed in the middle of its work.
struct KilledProcessTests {
    @Test func everyVersionThatWasServedIsStored() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.db").path
            var random = SystemRandomNumberGenerator()
            for _ in 0..<20 {
                let served = try await Victim.killed(after: .random(in: 1...60, using: &random), "record", path)
                #expect(!served.isEmpty)
                // Opens it as the next start does, so that the log of the killed process is taken up.
                try InventoryDatabase(path: path).close()
                let file = try DatabaseQueue(path: path)
                #expect(try StoredInvariants(file).violations == [])
                for line in served {
                    let fields = line.split(separator: " ").map(String.init)
                    try #require(fields.count == 4)
                    let stored = try await file.read { db in
                        try Int.fetchOne(
                            db,
                            sql: """
                                SELECT count(*) FROM versions JOIN links USING (link_key) JOIN clusters USING (cluster_key)
                                    JOIN documents USING (document_key), changes
                                WHERE cluster_id = ? AND valid_from = ? AND body ->> 'link_error' = ? AND sequence = ?
                                """,
                            arguments: [fields[0], Int64(fields[1]), fields[2], Int64(fields[3])]
                        )
                    }
                    #expect(stored == 1, "\(line)")
                }
                try file.close()
            }
        }
    }
    @Test func retentionGoesOnWhereItWasKilled() async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            let path = folder.appending(path: "test.db").path
            var random = SystemRandomNumberGenerator()
            for _ in 0..<20 {
                let served = try await Victim.killed(after: .random(in: 20...200, using: &random), "retain", path)
                #expect(!served.isEmpty)
                let clock = HandClock(Int64(Date().timeIntervalSince1970 * 1000))
                let inventory = try InventoryStore(
                    database: InventoryDatabase(path: path),
                    time: clock,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                let file = try DatabaseQueue(path: path)
                let killed = try StoredInvariants(file).violations
                #expect(killed == [])
                let sequence = inventory.fleet.current(at: clock.now()).sequence
                #expect(
                    served.compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }.max() ?? 0 <= sequence
                )
                let retention = Retention(
                    inventory: inventory,
                    policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
                    time: clock,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                _ = try await retention.letGo(before: clock.now())
                let (violations, garbage) = (try StoredInvariants(file).violations, try StoredGarbage(file).counts)
                #expect(violations == [])
                #expect(garbage == [:])
                try file.close()
                try await inventory.close()
            }
        }
    }
}
