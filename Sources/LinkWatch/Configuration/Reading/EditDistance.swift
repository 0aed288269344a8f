/// How many letters lie between two words: insertions, deletions, replacements and swaps of neighbours.
enum EditDistance {
    /// Optimal string alignment; words longer than `maximumLength` are never near to anything.
    static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        guard max(left.count, right.count) <= maximumLength else { return .max }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                current[column] = min(last[column] + 1, current[column - 1] + 1, replaced)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    current[column] = min(current[column], beforeLast[column - 2] + 1)
                }
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }

    /// The candidate that `word` most likely was meant to be: at most a third of its letters off, the first of equals.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        nearest(word.lowercased().replacing("-", with: "_"), candidates) { $0 }
    }

    /// The same among names, which people give and others mistype: their case tells nothing.
    static func nearest(toName name: String, among names: [String]) -> String? {
        nearest(name.lowercased(), names) { $0.lowercased() }
    }

    private static func nearest(
        _ word: String,
        _ candidates: [String],
        compared: (String) -> String
    ) -> String? {
        let near = candidates.map { (candidate: $0, distance: between(word, compared($0))) }
            .filter { $0.distance <= max(1, max(word.count, $0.candidate.count) / 3) }
        return near.min { $0.distance < $1.distance }?.candidate
    }

    private static let maximumLength = 64
}
