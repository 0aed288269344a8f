/// The simulator's sense of time: how long it has been running, and how to wait.
///
/// Tests hand in one that stands still or jumps; nothing in this target asks for the time elsewhere.
package struct SimulatorClock: Sendable {
    /// Time since the clock was made.
    package let elapsed: @Sendable () -> Duration
    /// Waits until `elapsed` is at least that; throws when the task is cancelled.
    package let sleepUntil: @Sendable (Duration) async throws -> Void

    package init(
        elapsed: @escaping @Sendable () -> Duration,
        sleepUntil: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.elapsed = elapsed
        self.sleepUntil = sleepUntil
    }

    /// Real time, which goes on while the machine sleeps.
    package static func continuous() -> SimulatorClock {
        let clock = ContinuousClock()
        let start = clock.now
        return SimulatorClock(
            elapsed: { start.duration(to: clock.now) },
            sleepUntil: { try await clock.sleep(until: start.advanced(by: $0)) }
        )
    }

    func sleep(for duration: Duration) async throws {
        try await sleepUntil(elapsed() + duration)
    }
}
