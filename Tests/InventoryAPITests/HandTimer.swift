import Locking

/// A monotonic clock that only a test moves.
final class HandTimer: Clock {
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        func duration(to other: Instant) -> Duration { other.offset - offset }

        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: (due: Instant, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var nextTicket = 0
    }

    private let state = Locked(State())
    private let sleeps = Bell()

    let minimumResolution = Duration.zero

    var now: Instant { state.withLock(\.now) }

    /// How often somebody has fallen asleep.
    var sleepCount: UInt64 { sleeps.rings }

    /// Waits until somebody has fallen asleep more often than that.
    func sleep(after count: UInt64) async throws { try await sleeps.wait(after: count) }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.due <= state.now }
            for ticket in due.keys { state.sleepers[ticket] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers[ticket] = (deadline, continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
                sleeps.ring()
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: ticket)?.continuation }?.resume(
                throwing: CancellationError()
            )
        }
    }
}
