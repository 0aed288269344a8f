import CEventQueue
import Dispatch
import Foundation
import Logging
import Outages

/// Accepts the connections of one listening socket and deals them out to the event loops in turn.
actor Acceptor {
    nonisolated let executor: QueueExecutor
    nonisolated let address: BoundAddress
    private let socket: ListeningSocket
    private let loops: [EventLoop]
    private let service: Service
    private var source: (any DispatchSourceRead)?
    private var next = 0
    private var isPaused = false
    private var shortage = Outage()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Accepted in one turn; what is left makes Dispatch call again.
    private static let acceptedPerTurn = 64
    /// Accepted at last when the server stops.
    private static let acceptedAtStop = 1024
    /// How long accepting rests when the process or the machine is out of descriptors or memory.
    private static let pause = DispatchTimeInterval.milliseconds(100)

    init(_ socket: ListeningSocket, loops: [EventLoop], service: Service) {
        executor = QueueExecutor(label: "http.accept")
        address = socket.address
        self.socket = socket
        self.loops = loops
        self.service = service
    }

    /// For who wants to know whether the queue runs.
    func takeTurn() {}

    func activate() {
        let source = DispatchSource.makeReadSource(fileDescriptor: socket.descriptor, queue: executor.queue)
        source.setEventHandler { @Sendable [weak self] in self?.assumeIsolated { $0.accept() } }
        // The descriptor must outlive the source.
        source.setCancelHandler { @Sendable [socket] in withExtendedLifetime(socket) {} }
        source.activate()
        self.source = source
        // Dispatch opens the descriptor of its timers with the first of them, and silently loses that one when none is left:
        // the timer that ends a rest must not be the first.
        executor.queue.asyncAfter(deadline: .now() + Self.pause) {}
    }

    /// Stops accepting; returns once the socket's file and port are free for others.
    ///
    /// Who has connected by now is let in: closing would reset whoever still waits in the backlog.
    func stop() async {
        guard let source else { return }
        takeWaiting(atMost: Self.acceptedAtStop)
        self.source = nil
        await withCheckedContinuation { continuation in
            source.setCancelHandler { @Sendable [socket] in
                socket.close()
                continuation.resume()
            }
            source.cancel()
            // A suspended source would never come to its end.
            if isPaused { source.resume() }
        }
    }

    /// Stops accepting at once; the socket goes with the source.
    func drop() {
        source?.cancel()
        if isPaused { source?.resume() }
        source = nil
    }

    private func accept() {
        guard source != nil, !isPaused else { return }
        takeWaiting(atMost: Self.acceptedPerTurn)
    }

    private func takeWaiting(atMost count: Int) {
        for _ in 0..<count {
            var storage = sockaddr_storage()
            var length = socklen_t()
            let descriptor = event_accept(socket.descriptor, &storage, &length)
            guard descriptor < 0 else {
                if shortage.isGoingOn { tell(shortage.succeeded(at: Self.now)) }
                welcome(StreamSocket(descriptor: descriptor), SocketAddress(storage, length: length).peer)
                continue
            }
            switch -descriptor {
            case EAGAIN, EWOULDBLOCK: return
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return rest(-descriptor)
            // The peer's or the network's trouble with one connection (accept(2)): the next may be well.
            default: continue
            }
        }
    }

    private func welcome(_ socket: StreamSocket, _ peer: PeerAddress) {
        let admission = service.ledger.admit(peer)
        guard admission != .dropped else { return socket.closeNow(resetting: true) }
        if peer != .unix { socket.sendPromptly() }
        loops[next].adopt(socket, from: peer, isWelcome: admission == .welcome)
        next = (next + 1) % loops.count
    }

    /// Clients wait in the backlog meanwhile, and established connections go on.
    private func rest(_ code: Int32) {
        // Rests already, and only looked once more because the server stops.
        guard !isPaused else { return }
        let error = String(cString: strerror(code))
        tell(shortage.failed(error, at: Self.now), error)
        isPaused = true
        source?.suspend()
        executor.queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.assumeIsolated { $0.goOn() } }
    }

    private static var now: Duration { .nanoseconds(event_uptime()) }

    private func tell(_ news: Outage.News?, _ error: String = "") {
        switch news {
        case .fails(let failures, _)?:
            service.logger.error(
                "accepting rests: out of file descriptors or memory; raise the limit (ulimit -n) or lower the limit on connections",
                metadata: ["http.address": "\(address)", "http.error": "\(error)", "outage.failures": "\(failures)"]
            )
        case .recovered(let failures, let lasted)?:
            service.logger.notice(
                "connections are accepted again",
                metadata: [
                    "http.address": "\(address)", "outage.failures": "\(failures)",
                    "outage.seconds": "\(lasted / .seconds(1))",
                ]
            )
        case nil: break
        }
    }

    private func goOn() {
        isPaused = false
        source?.resume()
    }
}
