/// The slots at which something repeats: one in each interval, at the same place in all of them.
///
/// Slots are computed from the origin of time and never from the last one, so that nothing drifts.
package struct Cadence: Sendable, Equatable {
    /// What a shorter interval, and zero above all, counts as: a cadence must move on.
    static let shortestInterval = Duration.milliseconds(1)

    private let interval: Duration
    private let offset: Duration

    /// Slots every `interval` at the place `phase`; an interval below a millisecond counts as a millisecond.
    package init(every interval: Duration, at phase: SpreadPhase) {
        self.interval = max(interval, Self.shortestInterval)
        offset = phase.offset(within: self.interval)
    }

    /// The first slot later than an instant; slots that were missed before it are skipped.
    package func slot(after instant: Duration) -> Duration {
        guard instant >= offset else { return offset }
        let passed = (instant - offset).attoseconds / interval.attoseconds
        return offset + Duration(attoseconds: (passed + 1) * interval.attoseconds)
    }
}
