import CEventQueue
import Dispatch
import Logging

extension EventLoop {
    /// How long handlers may take to notice that they were cancelled before the stop goes on without them.
    private static let grace = DispatchTimeInterval.seconds(1)

    /// Runs a handler, or what follows it, outside the event queue; the connection cancels it when it closes, and a stop waits
    /// for it.
    func launch(for connection: Connection, _ work: @escaping @Sendable () async -> Void) {
        runningTasks += 1
        connection.task = Task { @concurrent in
            await work()
            await self.taskEnded()
        }
    }

    private func taskEnded() {
        runningTasks -= 1
        resumeStopIfDone()
    }

    /// Asked whenever a connection has closed or a handler has ended.
    func resumeStopIfDone() {
        if isStopping, connections.isEmpty, runningTasks == 0 { resumeStop() }
    }

    private func resumeStop() {
        let waiters = stopWaiters
        stopWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    /// Closes idle connections, ends endless answers, lets others in flight finish, and closes what is left at the deadline.
    ///
    /// Returns when all connections are closed and all handlers have ended, those that do not heed their cancellation excepted.
    func stop(within span: Int64) async {
        isStopping = true
        now = event_uptime()
        for connection in connections.all {
            // A request may wait in the kernel untold; it is answered, not cut off.
            switch connection.phase {
            case .receiving, .turnedAway: connection.canReceive = true
            default: break
            }
            if let exchange = connection.exchange, exchange.isEndless || exchange.isKeptBack {
                connection.task?.cancel()
            }
            advance(connection)
        }
        if !connections.isEmpty || runningTasks > 0 {
            let deadline = DispatchTime.now() + .nanoseconds(Int(span))
            schedule(at: deadline) { $0.closeAll() }
            schedule(at: deadline + Self.grace) { $0.leaveHandlers() }
            await withCheckedContinuation { stopWaiters.append($0) }
        }
    }

    /// Closes everything at once.
    func drop() {
        isStopping = true
        closeAll()
    }

    private func schedule(at time: DispatchTime, _ work: @escaping @Sendable (isolated EventLoop) -> Void) {
        DispatchQueue.global().asyncAfter(deadline: time) { [weak self] in
            guard let self else { return }
            executor.perform { self.assumeIsolated(work) }
        }
    }

    private func closeAll() {
        // What was answered whole is still on its way to a peer that reads slowly; a reset would take it back.
        for connection in connections.all { close(connection, resetting: connection.exchange != nil) }
    }

    private func leaveHandlers() {
        guard !stopWaiters.isEmpty else { return }
        service.logger.warning(
            "stopped while handlers went on; they were cancelled and did not heed it",
            metadata: ["http.handlers": "\(runningTasks)"]
        )
        resumeStop()
    }
}
