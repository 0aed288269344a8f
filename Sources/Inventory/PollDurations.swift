/// How long polls took since the service started, in the buckets of a Prometheus histogram.
package struct PollDurations: Sendable, Hashable {
    /// Upper bounds in seconds; the last bucket has none.
    package static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// Not cumulative, one more than there are bounds.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    package private(set) var sum = Duration.zero

    mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += duration
    }
}
