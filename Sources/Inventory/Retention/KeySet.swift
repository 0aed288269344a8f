/// A set of keys that lie close together, a bit each.
struct KeySet {
    private let first: Int64
    private var words: [UInt64]

    /// An empty set that has room for the keys of a range.
    init(over range: ClosedRange<Int64>) {
        first = range.lowerBound
        words = [UInt64](repeating: 0, count: Int((range.upperBound - range.lowerBound) / 64) + 1)
    }

    /// Does nothing for a key outside of the range.
    mutating func insert(_ key: Int64) {
        guard let place = place(of: key) else { return }
        words[place.word] |= place.bit
    }

    mutating func remove(_ key: Int64) {
        guard let place = place(of: key) else { return }
        words[place.word] &= ~place.bit
    }

    /// Up to so many of the keys from one on, in order.
    func keys(from start: Int64, limit: Int) -> [Int64] {
        var keys: [Int64] = []
        var index = max(0, Int((max(start, first) - first) / 64))
        while index < words.count, keys.count < limit {
            var word = words[index]
            while word != 0 {
                let key = first + Int64(index) * 64 + Int64(word.trailingZeroBitCount)
                word &= word - 1
                if key >= start { keys.append(key) }
            }
            index += 1
        }
        return Array(keys.prefix(limit))
    }

    private func place(of key: Int64) -> (word: Int, bit: UInt64)? {
        guard key >= first else { return nil }
        let offset = Int(key - first)
        guard offset / 64 < words.count else { return nil }
        return (offset / 64, 1 << UInt64(offset % 64))
    }
}
