import ClusterLinks
import Foundation
import GRDB
import Logging
import Testing

@testable import Inventory

struct RetentionTests {
    /// A hundred links of thirty versions each.
    private static let bulk = BulkHistory(versions: 3000, links: 100)

    @Test func whatIsTooOldGoesAndItsSpaceIsGivenBack() async throws {
        try await BulkFixture.with(Self.bulk, at: .seconds(7200)) { fixture in
            let pages = try fixture.value("SELECT page_count FROM pragma_page_count")
            let report = try await fixture.retention(age: .seconds(7200 + 1000)).pass()
            let kept = try #require(try await fixture.inventory.history.keptFrom())
            #expect(kept == report.keptFrom)
            #expect(kept <= Self.bulk.instant(of: 2000) && kept > Self.bulk.instant(of: 1600))
            let young = Int((Self.bulk.end - kept).seconds)
            #expect(try fixture.value("SELECT count(*) FROM changes") == young)
            #expect(try fixture.value("SELECT count(*) FROM versions") <= young + 100)
            #expect(try fixture.value("SELECT freelist_count FROM pragma_freelist_count") == 0)
            let left = try fixture.value("SELECT page_count FROM pragma_page_count")
            #expect(left < pages)
            #expect(report.bytesGivenBack == Int64(pages - left) * 4096)
            #expect(fixture.links == 100)
            #expect(try await fixture.retention(age: .seconds(7200 + 1000)).pass().rows == 0)
        }
    }

    @Test func whatIsYoungStaysAndIsNotSaidToBeIncomplete() async throws {
        try await BulkFixture.with(Self.bulk) { fixture in
            let report = try await fixture.retention(age: .seconds(400 * 86_400)).pass()
            #expect(report.pieces == 0)
            #expect(try await fixture.inventory.history.keptFrom() == nil)
        }
    }

    @Test func aPieceIsSmallHoweverMuchThereIs() async throws {
        try await BulkFixture.with(BulkHistory(versions: 30_000, links: 10)) { fixture in
            let report = try await fixture.retention().letGo(before: fixture.bulk.end)
            #expect(report.rows > 80_000)
            #expect(report.largestPiece <= PieceSize.bounds.upperBound)
            #expect(report.pieces >= report.rows / PieceSize.bounds.upperBound)
        }
    }

    @Test(arguments: [0.9, 0.5, 0.2])
    func forWantOfRoomTheOldestGoes(part: Double) async throws {
        try await BulkFixture.with(BulkHistory(versions: 20_000, links: 50), at: .seconds(3600)) { fixture in
            let used = try fixture.usedBytes
            let size = Int64(Double(used) * part)
            let retention = fixture.retention(size: size)
            let report = try await retention.pass()
            #expect(!report.exceedsSize)
            #expect(try fixture.usedBytes == report.usedBytes)
            #expect(report.usedBytes <= size)
            // Not much more goes than has to.
            #expect(Double(report.usedBytes) > Double(size) * 0.75)
            let kept = try #require(try await fixture.inventory.history.keptFrom())
            #expect(try fixture.value("SELECT min(at) FROM changes") >= Int(kept.milliseconds))
            #expect(try await retention.pass().rows == 0)
        }
    }

    @Test func whatIsCurrentStaysHoweverLittleRoomThereIs() async throws {
        let bulk = BulkHistory(versions: 3000, links: 1000, padding: 3000)
        try await BulkFixture.with(bulk, at: .seconds(3601)) { fixture in
            let retention = fixture.retention(size: 1 << 20)
            let report = try await retention.pass()
            #expect(report.exceedsSize)
            #expect(report.usedBytes > 1 << 20)
            // The last change stays, and with it what it changed.
            #expect(try fixture.value("SELECT count(*) FROM versions") == 1001)
            #expect(try fixture.value("SELECT count(*) FROM changes") == 1)
            #expect(fixture.links == 1000)
            let now = fixture.clock.now()
            let past = try await fixture.inventory.history.fleet(at: now) { fleet in
                try [BulkHistory.cluster].compactMap { try fleet.cluster(ClusterDescription(id: $0)) }
                    .map { try fleet.links(of: $0).count }
            }
            #expect(past == [1000])
            #expect(try await retention.pass().exceedsSize)
        }
    }

    @Test func whatIsYoungerThanAnHourStaysHoweverLittleRoomThereIs() async throws {
        try await BulkFixture.with(BulkHistory(versions: 7200, links: 100), at: .zero) { fixture in
            let report = try await fixture.retention(size: 1 << 20).pass()
            #expect(report.exceedsSize)
            #expect(try fixture.value("SELECT count(*) FROM changes") == 3600)
        }
    }

    @Test func theFeedGoesOnFromItsLastChangeThoughItIsOld() async throws {
        try await BulkFixture.withTwoLives(Self.bulk) { fixture in
            _ = try await fixture.retention().letGo(before: fixture.clock.now())
            #expect(try fixture.value("SELECT count(*) FROM changes") == 1)
        } second: { fixture in
            try await fixture.inventory.list([item("new")], on: BulkHistory.cluster, at: fixture.clock.now())
            // A hundred links went and one came.
            #expect(try fixture.value("SELECT max(sequence) FROM changes") == 3101)
            #expect(try fixture.value("SELECT min(sequence) FROM changes") == 3000)
        }
    }

    @Test func aFileMadeElsewhereDoesNotShrinkButIsUsedAgain() async throws {
        try await BulkFixture.with(Self.bulk, vacuums: false) { fixture in
            let pages = try fixture.value("SELECT page_count FROM pragma_page_count")
            let report = try await fixture.retention().letGo(before: fixture.clock.now())
            #expect(report.cannotShrink)
            #expect(report.bytesGivenBack == 0)
            #expect(try fixture.value("SELECT page_count FROM pragma_page_count") == pages)
            #expect(try fixture.value("SELECT freelist_count FROM pragma_freelist_count") > pages / 2)
        }
    }

    @Test func aDocumentThatIsUsedAgainDuringTheSweepStays() async throws {
        try await BulkFixture.with(Self.bulk) { fixture in
            let inventory = fixture.inventory
            let link = item("orders")
            try await inventory.list([link], on: BulkHistory.cluster, at: fixture.clock.now())
            fixture.clock.advance(by: .seconds(60))
            let key = try fixture.value(
                "SELECT document_key FROM versions ORDER BY valid_from DESC, document_key DESC LIMIT 1"
            )
            let row = ExpiredRow.shared(.documents, key: Int64(key))
            let connection = try await inventory.openRetentionConnection()
            // Without a sweep nothing is known of what is in use.
            #expect(try await inventory.delete([row], on: connection)?.gone == 0)
            await inventory.beginSweep()
            try await inventory.list([], on: BulkHistory.cluster, at: fixture.clock.now())
            fixture.clock.advance(by: .seconds(60))
            #expect(try await inventory.delete([row], on: connection)?.gone == 0)
            await inventory.endSweep()
            await inventory.beginSweep()
            #expect(try await inventory.delete([row], on: connection)?.gone == 1)
            await inventory.endSweep()
            try await inventory.close(connection)
        }
    }

    @Test func itWaitsWhileTheDatabaseRefusesWrites() async throws {
        try await BulkFixture.with(Self.bulk) { fixture in
            try fixture.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
            try await fixture.inventory.list([item("new")], on: BulkHistory.cluster, at: fixture.clock.now())
            #expect(!fixture.inventory.fleet.durability.isDurable)
            await #expect(throws: RetentionPause.self) {
                try await fixture.retention().letGo(before: fixture.clock.now())
            }
            #expect(try fixture.value("SELECT count(*) FROM versions") == 3000)
            try fixture.execute("DROP TRIGGER refuse")
            await fixture.inventory.storeSightings()
            #expect(try await fixture.retention().letGo(before: fixture.clock.now()).rows > 0)
        }
    }

    @Test func aCancelledPassEndsBetweenPiecesAndTheNextGoesOn() async throws {
        try await BulkFixture.with(BulkHistory(versions: 30_000, links: 10)) { fixture in
            let retention = fixture.retention()
            let end = fixture.bulk.end
            let pass = Task { try await retention.letGo(before: end) }
            while try fixture.value("SELECT count(*) FROM changes") == 30_000 { await Task.yield() }
            pass.cancel()
            await #expect(throws: CancellationError.self) { try await pass.value }
            #expect(try fixture.value("SELECT count(*) FROM versions") > 10)
            _ = try await retention.letGo(before: end)
            #expect(try fixture.value("SELECT count(*) FROM versions") == 11)
            #expect(try fixture.value("SELECT count(*) FROM documents") == 11)
        }
    }

    @Test func aForgottenLinkBeginsAnew() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let link = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")
                for items in [[item("orders", error: "TIMEOUT_ERROR", message: "slow")], [], [item("other", id: "2")]] {
                    try await inventory.list(items, at: fixture.clock.now())
                    fixture.clock.advance(by: .seconds(60))
                }
                let retention = Retention(
                    inventory: inventory,
                    policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
                    time: fixture.clock,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                _ = try await retention.letGo(before: fixture.clock.now())
                #expect(try await !inventory.history.knows(link))
                #expect(try await inventory.history.deletedLinks().isEmpty)
                #expect(try fixture.read("SELECT count(*) FROM texts", as: Int.self) == [0])
                let back = fixture.clock.now()
                try await inventory.list([item("orders")], at: back)
                let view = inventory.fleet.current(at: back).cluster(InventoryFixture.cluster)
                #expect(view?.link(named: "orders")?.link.firstObservedAt == back)
                #expect(try await inventory.history.versions(of: link, page: .init()).map(\.validFrom) == [back])
            }
        }
    }
}
