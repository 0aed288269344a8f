import Locking

/// A clock whose time passes only when it is told to.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration = .zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: AsyncStream<Never>.Continuation
    }

    private struct State {
        var now = Instant()
        var sleepers: [Int: Sleeper] = [:]
        var count = 0
    }

    private let state = Locked(State())

    var now: Instant { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let number: Int? = state.withLock { state in
            guard deadline > state.now else { return nil }
            state.count += 1
            state.sleepers[state.count] = Sleeper(deadline: deadline, continuation: continuation)
            return state.count
        }
        if let number {
            // Ends when the clock wakes the sleeper or the task is cancelled.
            for await _ in stream {}
            state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
        }
        try Task.checkCancellation()
    }

    /// Whether somebody will wake at the instant or before.
    func hasSleeper(until offset: Duration) -> Bool {
        state.withLock { $0.sleepers.values.contains { $0.deadline.offset <= offset } }
    }

    func advance(by duration: Duration) {
        advance(to: now.advanced(by: duration))
    }

    func advance(to instant: Instant) {
        let woken = state.withLock { state in
            state.now = max(state.now, instant)
            let now = state.now
            let woken = state.sleepers.filter { $0.value.deadline <= now }
            for number in woken.keys { state.sleepers[number] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.finish() }
    }
}
