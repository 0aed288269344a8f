/// Lets a bounded number of tasks through at a time, in the order in which they came; the others wait without a thread.
package final class Turnstile: Sendable {
    private struct State {
        var free: Int
        /// In order of their tickets.
        var waiters: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextTicket: UInt64 = 0
    }

    private let state: Locked<State>

    /// - Parameter width: how many are let through at a time, at least one.
    package init(width: Int) { state = Locked(State(free: max(1, width))) }

    /// Runs a piece of work when it is its turn.
    /// - Throws: what the work throws; `CancellationError` where the task is cancelled before.
    package func pass<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await work()
    }

    private func enter() async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    // Whoever is cancelled from here on is found by the handler below, whoever was before is not.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.free == 0 else {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiters.append((ticket, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state in
            if state.waiters.isEmpty {
                state.free += 1
                return nil as CheckedContinuation<Void, any Error>?
            }
            // The place is handed on, so that nobody who comes now gets in before.
            return state.waiters.removeFirst().continuation
        }
        next?.resume()
    }
}
