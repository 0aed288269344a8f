import Locking

/// Carries orders from any thread to the driver's, and wakes it.
final class CommandQueue: Sendable {
    enum Command: Sendable {
        case start(Exchange, CheckedContinuation<Exchange.Outcome, Never>)
        case cancel(Exchange)
        case forget(CurlSessionID)
        case keepConnections(Int)
        case answer(CheckedContinuation<Void, Never>)
        case stop
    }

    private struct State {
        var commands: [Command] = []
        var waker: MultiHandle.Waker?
        var isClosed = false
    }

    private let state = Locked(State())

    /// - Returns: false if nobody will ever take it.
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.commands.append(command)
            // Under the lock, because the handle must not go away before it is woken.
            state.waker?.wake()
            return true
        }
    }

    /// Orders since the last call, oldest first.
    func drain() -> [Command] {
        state.withLock { state in
            defer { state.commands.removeAll() }
            return state.commands
        }
    }

    func attach(_ waker: MultiHandle.Waker) {
        state.withLock { $0.waker = waker }
    }

    /// Takes no more orders, and lets go of the waker.
    ///
    /// - Returns: the orders that nobody has seen yet.
    func close() -> [Command] {
        state.withLock { state in
            state.isClosed = true
            state.waker = nil
            defer { state.commands.removeAll() }
            return state.commands
        }
    }
}
