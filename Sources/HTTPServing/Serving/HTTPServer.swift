import Dispatch
import Locking
package import Logging

/// A small HTTP/1.1 server: sockets, Dispatch, and one table of routes.
///
/// It starts once and stops once. Safe to call from anywhere.
package final class HTTPServer: Sendable {
    private enum State: Sendable {
        case idle
        case running([Acceptor], [EventLoop])
        case stopping
        case stopped
    }

    private let configuration: HTTPServerConfiguration
    private let service: Service
    private let state = Locked(State.idle)
    private let stopped = Signal()

    /// Makes a server that does nothing yet.
    package init(
        configuration: HTTPServerConfiguration,
        router: Router,
        observer: ExchangeObserver? = nil,
        logger: Logger
    ) {
        self.configuration = configuration
        service = Service(
            router: router,
            observer: observer,
            logger: logger,
            failures: FailureLog(logger: logger),
            limits: configuration.limits,
            spans: TimeoutSpans(configuration.timeouts),
            ledger: ConnectionLedger(limits: configuration.limits),
            retryAfter: configuration.retryAfter
        )
    }

    /// A server that is dropped without being stopped closes everything at once.
    deinit {
        guard case .running(let acceptors, let loops) = state.withLock({ $0 }) else { return }
        for acceptor in acceptors { acceptor.executor.queue.async { acceptor.assumeIsolated { $0.drop() } } }
        for loop in loops { loop.executor.perform { loop.assumeIsolated { $0.drop() } } }
    }

    /// Connections open now.
    package var connections: Int { service.ledger.open }

    /// Returns once each of its queues has had time for it: never, where one hangs.
    ///
    /// At once where it does not serve.
    package func takeTurn() async {
        guard case .running(let acceptors, let loops) = state.withLock({ $0 }) else { return }
        for acceptor in acceptors { await acceptor.takeTurn() }
        for loop in loops { await loop.takeTurn() }
    }

    /// Binds every address and begins to answer; where one cannot be bound, none is.
    ///
    /// It returns at once unless a host name must be looked up.
    @discardableResult
    package func start() throws(HTTPServerError) -> [BoundAddress] {
        guard !configuration.addresses.isEmpty else { throw .noAddresses }
        return try state.withLock { state throws(HTTPServerError) in
            guard case .idle = state else { throw HTTPServerError.alreadyStarted }
            var sockets: [ListeningSocket] = []
            for address in configuration.addresses {
                sockets += try ListeningSocket.open(
                    address,
                    unixSocketMode: configuration.unixSocketMode,
                    backlog: configuration.backlog
                )
            }
            if case .thisMachine(let remedy) = configuration.reach,
                let open = sockets.first(where: { !$0.address.isLoopback })
            {
                throw HTTPServerError.openToOthers(open.address.description, remedy: remedy)
            }
            var loops: [EventLoop] = []
            for index in 0..<configuration.eventQueues { loops.append(try EventLoop(index: index, service: service)) }
            let acceptors = sockets.map { Acceptor($0, loops: loops, service: service) }
            for acceptor in acceptors {
                acceptor.executor.queue.sync { acceptor.assumeIsolated { $0.activate() } }
            }
            state = .running(acceptors, loops)
            return sockets.map(\.address)
        }
    }

    /// Takes other limits and time-outs over while it runs; a server that does not run is left as it is.
    ///
    /// Counts of connections hold for who comes from now on, sizes and counts of requests for connections that begin, time-outs
    /// from the next that begins. Nobody is sent away.
    package func update(limits: HTTPLimits, timeouts: HTTPTimeouts) {
        guard case .running(_, let loops) = state.withLock({ $0 }) else { return }
        service.ledger.adopt(limits)
        let spans = TimeoutSpans(timeouts)
        for loop in loops { loop.adopt(limits, spans) }
    }

    /// Starts if that is still to be done, and lives until the server is stopped; cancelling the task stops it gracefully within
    /// the configured deadline.
    package func run() async throws {
        // It may have been started before, to learn the addresses.
        if state.withLock({ if case .idle = $0 { true } else { false } }) { try start() }
        await withTaskCancellationHandler {
            await stopped.wait()
        } onCancel: {
            // The task is cancelled, so what must still be awaited is awaited elsewhere; `stopped` tells when it is done.
            Task { await self.stop(deadline: self.configuration.stopDeadline) }
        }
    }

    /// Stops accepting, lets answers in flight finish, closes idle connections, and closes what is left after the
    /// deadline, whose handlers are cancelled.
    ///
    /// Returns when every connection is closed and every handler has ended, or a second after the deadline.
    package func stop(deadline: Duration) async {
        let running = state.withLock { state -> ([Acceptor], [EventLoop])? in
            switch state {
            case .running(let acceptors, let loops):
                state = .stopping
                return (acceptors, loops)
            case .idle:
                state = .stopped
                return ([], [])
            case .stopping, .stopped:
                return nil
            }
        }
        guard let (acceptors, loops) = running else { return await stopped.wait() }
        for acceptor in acceptors { await acceptor.stop() }
        let span = deadline.inNanoseconds
        await withTaskGroup(of: Void.self) { group in
            for loop in loops { group.addTask { await loop.stop(within: span) } }
        }
        state.withLock { $0 = .stopped }
        stopped.raise()
    }
}
