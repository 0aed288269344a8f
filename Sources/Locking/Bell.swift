/// Something that happens again and again, for any number of tasks to wait for its next time.
///
/// Whoever waits says how many rings it knows of, so that none between looking and waiting is missed.
package final class Bell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var nextTicket: UInt64 = 0
    }

    private let state = Locked(State())

    /// Makes one that has not rung.
    package init() {}

    /// How often it has rung.
    package var rings: UInt64 { state.withLock(\.rings) }

    /// Lets everyone go on who waits.
    package func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Waits until it has rung more often than that; returns at once where it has.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func wait(after rings: UInt64) async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    // Whoever is cancelled from here on is found by the handler below, whoever was before is not.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.rings > rings { return .success(()) }
                    state.waiters[ticket] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    /// Waits until it has rung more often than that or a time has come; tells whether it was the bell.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func wait<Time: Clock>(
        after rings: UInt64,
        until deadline: Time.Instant,
        on clock: Time
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await self.wait(after: rings)
                return true
            }
            group.addTask {
                try await clock.sleep(until: deadline, tolerance: nil)
                return false
            }
            return try await group.next() ?? false
        }
    }
}
