import Locking

/// A clock whose time passes only when it is told to.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration = .zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant()
        var sleepers: [Int: (deadline: Instant, woken: Signal)] = [:]
        var count = 0
    }

    /// The time of day at which every test begins.
    static let start: Duration = .seconds(1_700_000_000)

    private let state = Locked(State())
    private let fellAsleep = Bell()

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    /// Since 1970.
    var timeOfDay: Duration { Self.start + now.offset }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let woken = Signal()
        let number: Int? = state.withLock { state in
            guard deadline > state.now else { return nil }
            state.count += 1
            state.sleepers[state.count] = (deadline, woken)
            return state.count
        }
        if let number {
            fellAsleep.ring()
            await withTaskCancellationHandler {
                await woken.wait()
            } onCancel: {
                woken.raise()
            }
            state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
        }
        try Task.checkCancellation()
    }

    /// Waits until somebody sleeps, and lets so much time pass that the first one wakes; tells how long that was.
    @discardableResult
    func passToNextSleeper() async throws -> Duration {
        while true {
            let rings = fellAsleep.rings
            let passed: (span: Duration, woken: Signal)? = state.withLock { state in
                guard let first = state.sleepers.min(by: { $0.value.deadline < $1.value.deadline }) else { return nil }
                let span = state.now.duration(to: first.value.deadline)
                state.now = first.value.deadline
                state.sleepers[first.key] = nil
                return (span, first.value.woken)
            }
            if let passed {
                passed.woken.raise()
                return passed.span
            }
            try await fellAsleep.wait(after: rings)
        }
    }
}
