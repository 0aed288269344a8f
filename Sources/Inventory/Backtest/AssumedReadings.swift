import ClusterLinks

/// Readings of tasks that said what the one before said, and so are not stored: one is assumed in every interval.
///
/// Only those links are followed of which one more reading can move an alert. An assumed reading that lies within half of
/// an interval before a stored one is that one.
struct AssumedReadings {
    private struct Reading {
        var identity: LinkIdentity
        var at: Instant
    }

    private let interval: Duration
    private var readings: [Int64: Reading] = [:]

    init(every interval: Duration) { self.interval = interval }

    /// How far ahead stored readings have to be known.
    var tolerance: Duration { readings.isEmpty ? .zero : interval / 2 }

    /// Assumes the next reading an interval after one.
    mutating func follow(_ identity: LinkIdentity, key: Int64, after instant: Instant) {
        readings[key] = Reading(identity: identity, at: instant.advanced(by: interval))
    }

    /// Goes on with a link that was read, or leaves it where nothing waits for more.
    mutating func settle(_ identity: LinkIdentity, isAwaited: Bool) {
        guard !isAwaited else { return }
        for key in readings.keys where readings[key]?.identity == identity { readings[key] = nil }
    }

    mutating func rename(_ former: LinkIdentity, to identity: LinkIdentity) {
        for key in readings.keys where readings[key]?.identity == former { readings[key]?.identity = identity }
    }

    mutating func forgetAll() { readings = [:] }

    /// Leaves out those of which the stored one follows soon.
    /// - Parameter isStored: whether a reading of a link is stored within a span.
    mutating func leave(where isStored: (Int64, Span) -> Bool) {
        for (key, reading) in readings
        where isStored(key, Span(from: reading.at, to: reading.at.advanced(by: interval / 2))) {
            readings[key] = nil
        }
    }

    /// When the next one is.
    var next: Instant? { readings.values.map(\.at).min() }

    /// Takes the reading of an instant.
    /// - Parameters:
    ///   - isReached: whether the cluster answers; else the reading was not made.
    ///   - again: when its turn comes again then, or nil for never.
    mutating func take(at instant: Instant, isReached: Bool, again: Instant?) -> LinkIdentity? {
        let due = readings.filter { $0.value.at <= instant }.min { $0.key < $1.key }
        guard let (key, reading) = due else { return nil }
        guard !isReached else {
            readings[key]?.at = reading.at.advanced(by: interval)
            return reading.identity
        }
        guard let again else {
            readings[key] = nil
            return nil
        }
        let missed = max((again - reading.at) / interval, 0).rounded(.up)
        readings[key]?.at = reading.at.advanced(by: interval * max(Int(missed), 1))
        return nil
    }
}
