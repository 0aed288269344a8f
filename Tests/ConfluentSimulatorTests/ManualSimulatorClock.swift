import ConfluentSimulator
import Locking

/// A clock that stands still until it is moved.
final class ManualSimulatorClock: Sendable {
    private struct State {
        var now = Duration.zero
        var sleepers: [(until: Duration, wake: CheckedContinuation<Void, Never>)] = []
        var watchers: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Locked(State())

    var clock: SimulatorClock {
        SimulatorClock(
            elapsed: { self.state.withLock(\.now) },
            sleepUntil: { try await self.sleep(until: $0) }
        )
    }

    /// Moves on and wakes whoever is due.
    func advance(to instant: Duration) {
        let due = state.withLock { state in
            state.now = max(state.now, instant)
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Waits until so many sleep at once.
    func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { wake in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, wake))
                return false
            }
            if isThere { wake.resume() }
        }
    }

    private func sleep(until instant: Duration) async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let outcome = state.withLock { state -> (isDue: Bool, watchers: [CheckedContinuation<Void, Never>]) in
                    if Task.isCancelled || instant <= state.now { return (true, []) }
                    state.sleepers.append((instant, wake))
                    let watchers = state.watchers.filter { $0.count <= state.sleepers.count }
                    state.watchers.removeAll { $0.count <= state.sleepers.count }
                    return (false, watchers.map(\.wake))
                }
                if outcome.isDue { wake.resume() }
                for watcher in outcome.watchers { watcher.resume() }
            }
        } onCancel: {
            // A test's clock has few sleepers: all wake, and those that are not cancelled sleep again.
            let sleepers = state.withLock { state in
                defer { state.sleepers = [] }
                return state.sleepers
            }
            for sleeper in sleepers { sleeper.wake.resume() }
        }
        try Task.checkCancellation()
        if state.withLock(\.now) < instant { try await sleep(until: instant) }
    }
}
