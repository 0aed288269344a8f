/// A clock of any kind, read as the duration since this value was made.
///
/// It spares the schedule the clock's own type of instants.
package struct Timebase: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let suspend: @Sendable (Duration) async throws -> Void

    package init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
        suspend = { try await clock.sleep(until: origin.advanced(by: $0), tolerance: nil) }
    }

    package var now: Duration { elapsed() }

    /// Returns at the instant, or throws as soon as the task is cancelled.
    package func sleep(until instant: Duration) async throws {
        try await suspend(instant)
    }
}
