import ClusterLinks
import Foundation
import GRDB
import Inventory
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
}
