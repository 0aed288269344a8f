/// Something that happens once, for any number of tasks to wait for.
package final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Locked(State())

    /// Makes one that was not raised.
    package init() {}

    /// Waits until it is raised; returns at once when it was.
    ///
    /// Cancellation does not end the wait.
    package func wait() async {
        await withCheckedContinuation { continuation in
            let isRaised = state.withLock { state in
                if !state.isRaised { state.waiters.append(continuation) }
                return state.isRaised
            }
            if isRaised { continuation.resume() }
        }
    }

    /// Lets everyone go on who waits, and whoever comes later; again is the same as once.
    package func raise() {
        let waiters = state.withLock { state in
            state.isRaised = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
