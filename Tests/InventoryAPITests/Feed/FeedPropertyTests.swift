import ClusterLinks
import ExactJSON
import HTTPServing
import NaiveInventory
import Testing

@testable import Inventory
@testable import InventoryAPI

/// Readers of a log that is far too small, at random: each gets every change once and in order, and each transition since it
/// came, or word that some are missing.
struct FeedPropertyTests {
    private struct Reader {
        var follower: FeedFollower
        let filter: Int
        let start: Int64
        var events = EventReader()
        var changes: [Int64] = []
        /// Which transitions, and how often some were said to be missing.
        var transitions: [Int] = []
        var gaps = 0
        let firstTransition: Int

        mutating func take(_ text: EventText) {
            for event in events.read(text.bytes) {
                switch event.name {
                case "change": changes.append(Int64(event.json["sequence"]?.int ?? -1))
                case "cluster":
                    transitions.append(Int((Instant(rfc3339: event.json["at"]?.string ?? "")?.milliseconds) ?? -1))
                case "resync": gaps += 1
                default: break
                }
            }
        }
    }

    @Test(arguments: 0..<40)
    func everyReaderSeesEveryChangeOnce(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let filters = [
            ChangeFilter(), ChangeFilter(kinds: [.deleted]),
            ChangeFilter(linkNames: Set(["link-3"].compactMap { LinkName($0) })),
        ]
        var log = FeedLog(entryLimit: 1 + Int(generator.next() % 6))
        var rows: [ChangeRow] = []
        // How many of the first changes each filter admits.
        var admitted = filters.map { _ in [0] }
        var transitions = 0
        var readers: [Reader] = []
        log.begin(after: 0)
        func page(after sequence: Int64, limit: Int, most: Int64, _ filter: ChangeFilter) -> ChangePage {
            let looked = rows.dropFirst(Int(sequence)).prefix(Int(most))
            let found = Array(looked.filter { filter.admits($0.subject) }.prefix(limit))
            let end = found.count == limit ? found.last?.sequence : looked.last?.sequence
            return ChangePage(rows: found, lookedAt: end ?? sequence, oldest: 1, latest: Int64(rows.count))
        }
        func read(_ index: Int) throws {
            let position = readers[index].follower.position
            let limit = 1 + Int(generator.next() % 4)
            switch log.read(from: position, limit: limit) {
            case .entries(let entries, let reached, let hasMissed):
                #expect(entries.count <= limit)
                readers[index].take(
                    try readers[index].follower.take(entries, to: reached, hasMissed: hasMissed)
                )
            case .behind:
                let page = page(
                    after: position.sequence,
                    limit: limit,
                    most: Int64(1 + generator.next() % 5),
                    readers[index].follower.filter
                )
                readers[index].take(try readers[index].follower.take(page))
            case .nothing:
                readers[index].take(try readers[index].follower.mark(Int(generator.next() % 2)))
            }
            // Whoever is cut off now goes on behind what it has, and skips nothing that it wanted.
            let place = Int64(readers[index].events.lastEventID) ?? readers[index].start
            #expect(place <= readers[index].follower.position.sequence)
            let counts = admitted[readers[index].filter]
            #expect(readers[index].changes.count == counts[Int(place)] - counts[Int(readers[index].start)])
        }
        for _ in 0..<150 {
            switch generator.next() % 10 {
            case 0..<3:
                let kind: ChangeKind = generator.next() % 3 == 0 ? .deleted : .changed
                let row = ChangeRow.make(Int64(rows.count) + 1, kind: kind)
                rows.append(row)
                for (index, filter) in filters.enumerated() {
                    admitted[index].append((admitted[index].last ?? 0) + (filter.admits(row.subject) ? 1 : 0))
                }
                log.append(try FeedEntry(row))
            case 3:
                transitions += 1
                log.append(try FeedEntry(.make(transitions), after: log.last))
            case 4 where readers.count < 6:
                let start = Int64(generator.next() % UInt64(rows.count + 1))
                let filter = Int(generator.next() % 3)
                readers.append(
                    Reader(
                        follower: FeedFollower(after: start, from: log.nextOrdinal, filter: filters[filter]),
                        filter: filter,
                        start: start,
                        firstTransition: transitions + 1
                    )
                )
            default:
                if !readers.isEmpty { try read(Int(generator.next() % UInt64(readers.count))) }
            }
        }
        for index in readers.indices {
            while readers[index].follower.position.sequence < rows.count { try read(index) }
            // What is left are transitions.
            for _ in 0..<8 { try read(index) }
            let reader = readers[index]
            #expect(
                reader.changes
                    == rows.dropFirst(Int(reader.start)).filter { reader.follower.filter.admits($0.subject) }
                    .map(\.sequence)
            )
            let wanted = reader.follower.filter.namesLinks ? [] : Array(reader.firstTransition..<transitions + 1)
            #expect(reader.transitions == reader.transitions.sorted())
            #expect(Set(reader.transitions).count == reader.transitions.count)
            #expect(Set(reader.transitions).isSubset(of: wanted))
            if reader.gaps == 0 { #expect(reader.transitions == wanted) }
        }
    }

    @Test(arguments: 0..<40)
    func batchesJoinedAreTheFeed(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let filter = ChangeFilter(kinds: [.deleted])
        var log = FeedLog()
        log.begin(after: 0)
        var expected: [[UInt8]] = []
        for sequence in 1...40 as ClosedRange<Int64> {
            let row = ChangeRow.make(sequence, kind: generator.next() % 3 == 0 ? .deleted : .changed)
            if row.kind == .deleted { expected.append(ChangeJSON.encoded(row)) }
            log.append(try FeedEntry(row))
            if generator.next() % 4 == 0 { log.append(try FeedEntry(.make(0), after: sequence)) }
        }
        var found: [[UInt8]] = []
        var sequence: Int64 = 0
        while sequence < 40 {
            var batch = FeedBatch(after: sequence, limit: 1 + Int(generator.next() % 5), filter: filter)
            while !batch.isFull, case .entries(let entries, _, _) = log.read(from: batch.position, limit: 3) {
                batch.take(entries)
            }
            #expect(batch.changes.count <= batch.limit)
            #expect(batch.lookedAt > sequence)
            found += batch.changes
            sequence = batch.lookedAt
        }
        #expect(found == expected)
    }
}
