import ClusterLinks
import ExactJSON
import HTTPServing
import Testing

@testable import Inventory
@testable import InventoryAPI

struct FeedLogTests {
    private static func log(_ sequences: ClosedRange<Int64>, entryLimit: Int = 100) throws -> FeedLog {
        var log = FeedLog(entryLimit: entryLimit)
        for sequence in sequences { log.append(try FeedEntry(.make(sequence))) }
        return log
    }

    private static func changes(_ reading: FeedReading) -> [Int64]? {
        if case .entries(let entries, _, _) = reading { entries.filter(\.isChange).map(\.sequence) } else { nil }
    }

    @Test func nothingIsToldBeforeTheLogWasBegun() {
        var log = FeedLog()
        guard case .nothing = log.read(from: FeedPosition(changesAfter: 3)) else { Issue.record("told"); return }
        #expect(!log.covers(0))
        log.begin(after: 3)
        #expect([2, 3, 4].map { log.covers($0) } == [false, true, false])
        guard case .behind = log.read(from: FeedPosition(changesAfter: 2)) else { Issue.record("not behind"); return }
        guard case .nothing = log.read(from: FeedPosition(changesAfter: 3)) else { Issue.record("told"); return }
    }

    @Test func whatDoesNotFitIsDroppedFromTheOldestOn() throws {
        let log = try Self.log(1...10, entryLimit: 4)
        #expect((log.base, log.last) == (6, 10))
        #expect(Self.changes(log.read(from: FeedPosition(changesAfter: 6))) == [7, 8, 9, 10])
        guard case .behind = log.read(from: FeedPosition(changesAfter: 5)) else { Issue.record("not behind"); return }
        var small = FeedLog(byteLimit: 20_000)
        for sequence in 1...100 as ClosedRange<Int64> {
            small.append(try FeedEntry(.make(sequence, padding: 1000)))
            #expect(small.last == sequence)
        }
        #expect(try #require(small.base) > 85)
        small.append(try FeedEntry(.make(101, padding: 50_000)))
        #expect((small.base, small.last) == (101, 101))
    }

    @Test func aChangeThatDoesNotFollowMakesABeginning() throws {
        var log = try Self.log(1...3)
        log.append(try FeedEntry(.make(7)))
        #expect((log.base, log.last) == (6, 7))
    }

    @Test func transitionsOfTheTimeBeforeAreNotTold() throws {
        var log = try Self.log(1...2)
        log.append(try FeedEntry(.make(1), after: 2))
        let ordinal = log.nextOrdinal
        log.append(try FeedEntry(.make(2), after: 2))
        log.append(try FeedEntry(.make(3)))
        guard
            case .entries(let entries, let reached, false) = log.read(from: FeedPosition(sequence: 0, ordinal: ordinal))
        else {
            Issue.record("nothing read")
            return
        }
        #expect(entries.map(\.isChange) == [true, true, false, true])
        #expect(reached == FeedPosition(sequence: 3, ordinal: log.nextOrdinal))
    }

    @Test func whoIsTooSlowForTransitionsIsTold() throws {
        var log = FeedLog(entryLimit: 2)
        log.begin(after: 0)
        let position = FeedPosition(sequence: 0, ordinal: log.nextOrdinal)
        for number in 1...3 { log.append(try FeedEntry(.make(number), after: 0)) }
        guard case .entries(let entries, _, hasMissed: true) = log.read(from: position) else {
            Issue.record("not told")
            return
        }
        #expect(entries.count == 2)
    }

    @Test func anEntryHoldsItsDocumentOnce() throws {
        let row = ChangeRow.make(5)
        let entry = try FeedEntry(row)
        #expect(entry.json == ChangeJSON.encoded(row))
        var reader = EventReader()
        let events = reader.read(entry.event)
        #expect(
            events == [.init(name: "change", data: String(decoding: entry.json, as: UTF8.self), lastEventID: "5")]
        )
        let transition = try FeedEntry(.make(1), after: 5)
        #expect(reader.read(transition.event).map(\.name) == ["cluster"])
        #expect(reader.lastEventID == "5")
    }

    @Test func filtersOfLinksLeaveOutClustersAsAWhole() {
        let health = FeedEntry.Subject.transition(
            .init(cluster: APIFixture.cluster, link: LinkName("a"), clusterLinkID: ClusterLinkID("id"))
        )
        let cluster = FeedEntry.Subject.transition(
            .init(cluster: APIFixture.cluster, link: nil, clusterLinkID: nil)
        )
        func admitted(_ filter: ChangeFilter) -> [Bool] { [health, cluster].map { filter.admits($0) } }
        func names(_ name: String) -> Set<LinkName> { Set([name].compactMap { LinkName($0) }) }
        #expect(admitted(ChangeFilter()) == [true, true])
        #expect(admitted(ChangeFilter(kinds: [])) == [true, true])
        #expect(admitted(ChangeFilter(clusters: [])) == [false, false])
        #expect(admitted(ChangeFilter(clusters: [APIFixture.cluster])) == [true, true])
        #expect(admitted(ChangeFilter(linkNames: names("a"))) == [true, false])
        #expect(admitted(ChangeFilter(linkNames: names("b"))) == [false, false])
        #expect(admitted(ChangeFilter(clusterLinkIDs: Set(["id"].compactMap { ClusterLinkID($0) }))) == [true, false])
    }
}
