import ClusterLinks
import Foundation
import GRDB
import Inventory
import Logging
import Testing

/// What an inventory does while its disk takes nothing.
struct FailingDatabaseTests {
    @Test func aDiskThatTakesNothingStopsNeitherPollingNorServing() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.db").path
            let told = try await Victim.run("fill", path)
            try #require(told.count == 5, "\(told)")
            #expect(told[0] == "durable false, served true, waiting true, lost 0")
            #expect(told[1] == "stored 1")
            #expect(told[2].contains("SQLite error"))
            #expect(told[3] == "durable true, waiting 0, lost 0")
            #expect(told[4] == "stored 51")
            let file = try DatabaseQueue(path: path)
            #expect(try StoredInvariants(file).violations == [])
            #expect(try await file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM versions") } == 51)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "file systems cannot be mounted here"))
    func aFullDiskIsWaitedForAndThenHoldsEverything() async throws {
        try await SmallDisk.with { folder in
            let path = folder.appending(path: "test.db").path
            let clock = HandClock()
            let inventory = try InventoryStore(
                database: InventoryDatabase(path: path),
                time: clock,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            await inventory.configure([ClusterDescription(id: InventoryFixture.cluster)])
            let ballast = folder.appending(path: "ballast")
            try SmallDisk.fill(ballast)
            var served: [Bool] = []
            for number in 0..<40 {
                clock.advance(by: .seconds(60))
                try await inventory.list([item("orders", error: "\(number)")], at: clock.now())
                await inventory.unchanged(at: clock.now())
                await inventory.storeSightings()
                let link = inventory.fleet.current(at: clock.now()).cluster(InventoryFixture.cluster)?.link(
                    named: "orders"
                )
                served.append(link?.link.content.error?.rawValue == "\(number)")
            }
            #expect(served == Array(repeating: true, count: 40))
            #expect(!inventory.fleet.durability.isDurable)
            #expect(inventory.fleet.durability.lastError?.contains("full") == true)
            let stored = inventory.fleet.current(at: clock.now()).sequence
            #expect(stored < 40)
            try FileManager.default.removeItem(at: ballast)
            await inventory.storeSightings()
            #expect(inventory.fleet.durability.isDurable)
            #expect(inventory.fleet.durability.lost == 0)
            let link = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")
            #expect(try await inventory.history.versions(of: link, page: .init()).count == 40)
            try await inventory.close()
            let file = try DatabaseQueue(path: path)
            #expect(try StoredInvariants(file).violations == [])
            try file.close()
        }
    }
}
