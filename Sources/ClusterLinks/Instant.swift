/// A point of service time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Spans between instants are half-open, `[from, to)`: on a boundary the later one holds.
package struct Instant: Sendable, Hashable, Comparable, InstantProtocol {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package func advanced(by duration: Duration) -> Instant {
        Instant(milliseconds: milliseconds + duration.milliseconds)
    }

    package func duration(to other: Instant) -> Duration { .milliseconds(other.milliseconds - milliseconds) }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    package static func - (left: Instant, right: Instant) -> Duration { right.duration(to: left) }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        return seconds * 1000 + (rest < 0 ? whole - 1 : whole)
    }

    /// Seconds with their fraction, for JSON and metrics.
    package var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
