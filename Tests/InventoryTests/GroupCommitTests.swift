import ClusterLinks
import Foundation
import GRDB
import Inventory
import Logging
import Testing

/// How many transactions the writer makes.
struct GroupCommitTests {
    @Test func aThousandRecordingsAtOnceShareTransactions() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.db").path
            let database = try InventoryDatabase(path: path)
            let clock = HandClock()
            let inventory = try InventoryStore(database: database, time: clock, logger: Logger(label: "test"))
            let clusters = (0..<1000).map { ClusterID("lkc-\($0)") }
            await inventory.configure(clusters.map { ClusterDescription(id: $0) })
            // A reader that stays holds the log back from being begun anew.
            var configuration = GRDB.Configuration()
            configuration.allowsUnsafeTransactions = true
            let reader = try DatabaseQueue(path: path, configuration: configuration)
            try await reader.writeWithoutTransaction { try $0.execute(sql: "BEGIN; SELECT count(*) FROM clusters") }
            let before = try Self.commits(path)
            try await withThrowingTaskGroup { group in
                for cluster in clusters {
                    group.addTask {
                        let poll = try await inventory.list([item("orders")], on: cluster, at: clock.now())
                        // Whoever is answered finds its change in the feed: no answer goes before the commit.
                        #expect(poll?.changes == 1)
                        #expect(inventory.fleet.current(at: clock.now()).cluster(cluster)?.links.count == 1)
                    }
                }
                try await group.waitForAll()
            }
            let commits = try Self.commits(path) - before
            #expect((1...200).contains(commits), "\(commits) transactions")
            #expect(inventory.fleet.current(at: clock.now()).sequence == 1000)
            try reader.close()
            try await inventory.close()
        }
    }

    /// How many commits the write-ahead log holds, as long as it has not been taken into the file: each marks its last
    /// frame with the size of the database (<https://sqlite.org/fileformat2.html#the_write_ahead_log>).
    private static func commits(_ path: String) throws -> Int {
        let log = [UInt8](try Data(contentsOf: URL(filePath: path + "-wal")))
        func number(at offset: Int) -> Int { log[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard log.count > 32 else { return 0 }
        let pageSize = number(at: 8)
        let salt = number(at: 16)
        return stride(from: 32, to: log.count - pageSize - 23, by: pageSize + 24).count { frame in
            number(at: frame + 4) != 0 && number(at: frame + 8) == salt
        }
    }
}
