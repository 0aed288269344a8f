/// How long requests took, each of them: percentiles are taken from the values themselves, not from buckets.
package struct Latencies: Sendable, Equatable {
    private let ordered: [Duration]

    package init(_ values: [Duration]) {
        ordered = values.sorted()
    }

    package var count: Int { ordered.count }

    /// The least value that at least `share` of all are not above (nearest rank), in microseconds; not a number where there
    /// is none.
    package func microseconds(at share: Double) -> Double {
        guard !ordered.isEmpty else { return .nan }
        let rank = Int((share * Double(ordered.count)).rounded(.up))
        return ordered[min(max(rank, 1), ordered.count) - 1].inSeconds * 1_000_000
    }
}
