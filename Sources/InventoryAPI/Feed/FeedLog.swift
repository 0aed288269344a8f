/// The last changes of the feed without a gap, and the transitions between them, within bounds.
///
/// A pure value. It has as many readers as there are and knows none of them: each comes with its position, and one that was
/// too slow finds the oldest entries gone.
struct FeedLog: Sendable {
    private let entryLimit: Int
    private let byteLimit: Int
    private var entries: [FeedEntry] = []
    private var bytes = 0
    /// The place of the first entry among all there ever were.
    private var firstOrdinal: UInt64 = 0
    /// No transition from this place on was dropped.
    private var transitionsKeptFrom: UInt64 = 0
    /// The change before the first one here; nil before the log was begun.
    private(set) var base: Int64?
    /// The last change here, or the base where there is none.
    private(set) var last: Int64 = 0

    /// - Parameters:
    ///   - entryLimit: how many entries are kept.
    ///   - byteLimit: how much memory they take, about.
    init(entryLimit: Int = 4096, byteLimit: Int = 8 << 20) {
        self.entryLimit = entryLimit
        self.byteLimit = byteLimit
    }

    /// The place that the next entry takes.
    var nextOrdinal: UInt64 { firstOrdinal + UInt64(entries.count) }

    /// Whether the changes after one are all here, as far as there are any.
    func covers(_ sequence: Int64) -> Bool { base.map { $0 <= sequence && sequence <= last } ?? false }

    /// Begins anew after a change; what was there is dropped.
    mutating func begin(after sequence: Int64) {
        drop(entries.count)
        (base, last) = (sequence, sequence)
    }

    /// Adds an entry; a change that does not follow the last one makes a beginning.
    mutating func append(_ entry: FeedEntry) {
        if entry.isChange {
            if base == nil || entry.sequence != last + 1 { begin(after: entry.sequence - 1) }
            last = entry.sequence
        }
        entries.append(entry)
        bytes += entry.size
        var surplus = 0
        var left = bytes
        while surplus < entries.count, entries.count - surplus > entryLimit || left > byteLimit {
            left -= entries[surplus].size
            surplus += 1
        }
        drop(surplus)
    }

    private mutating func drop(_ count: Int) {
        for index in 0..<count {
            let entry = entries[index]
            bytes -= entry.size
            if entry.isChange {
                base = entry.sequence
            } else {
                transitionsKeptFrom = firstOrdinal + UInt64(index) + 1
            }
        }
        entries.removeFirst(count)
        firstOrdinal += UInt64(count)
    }

    /// What comes next for whoever has come to a position: at most so many entries, and hardly more than so many bytes.
    func read(from position: FeedPosition, limit: Int = 256, bytes byteLimit: Int = 64 << 10) -> FeedReading {
        guard let base else { return .nothing }
        guard position.sequence >= base else { return .behind }
        let hasMissed = position.ordinal < transitionsKeptFrom
        var reached = position
        reached.ordinal = max(position.ordinal, transitionsKeptFrom)
        var found: [FeedEntry] = []
        var size = 0
        for index in start(of: reached)..<entries.count {
            guard found.count < limit, size < byteLimit else { break }
            let entry = entries[index]
            let ordinal = firstOrdinal + UInt64(index)
            let isWanted = entry.isChange ? entry.sequence > position.sequence : ordinal >= reached.ordinal
            if isWanted {
                found.append(entry)
                size += entry.event.count
            }
            reached.sequence = max(reached.sequence, entry.sequence)
            if ordinal >= reached.ordinal { reached.ordinal = ordinal + 1 }
        }
        return found.isEmpty && !hasMissed ? .nothing : .entries(found, to: reached, hasMissed: hasMissed)
    }

    /// The first entry that may be wanted at a position.
    private func start(of position: FeedPosition) -> Int {
        let firstLater = entries.partitioningIndex { $0.sequence > position.sequence }
        guard position.ordinal < nextOrdinal else { return firstLater }
        return min(firstLater, position.ordinal < firstOrdinal ? 0 : Int(position.ordinal - firstOrdinal))
    }
}

extension Array {
    /// The first index whose element belongs to the second of two parts, by bisection; `endIndex` where none does.
    fileprivate func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
