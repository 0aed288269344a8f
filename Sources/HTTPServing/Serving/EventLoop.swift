import CEventQueue
import Foundation
import Logging

/// One serial queue with the connections it serves, and the readiness set that tells of them.
///
/// An actor whose executor waits for the set, so that readiness is handled inside it without a hop, and the tasks of
/// asynchronous handlers come back with `await`.
actor EventLoop {
    nonisolated let executor: EventExecutor
    private(set) var service: Service
    private let readiness: ReadinessSet
    let received = ReceiveBuffer(size: 64 * 1024)
    private let reports: ReportBuffer
    private let wake: WakeDescriptor

    var connections = ConnectionTable()
    var wheel: DeadlineWheel
    var now: Int64
    var dates = DateCache()
    /// Where heads of answers are written, again and again.
    var headBuffer: [UInt8] = []
    /// Buffers of connections that went idle, for those that wake.
    var spareBuffers = SpareBuffers()
    /// Connections that have more to do than their share of one turn.
    private var postponed: [ConnectionID] = []
    private var nextTicket = 0

    /// Tasks of handlers and streams that have not ended, those of closed connections among them.
    var runningTasks = 0

    /// Set once the server stops: answers end their connections.
    var isStopping = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What the readiness set calls the descriptor that ends a wait; no connection is called so.
    private static let wakeToken = UInt64.max

    init(index: Int, service: Service) throws(HTTPServerError) {
        wake = try WakeDescriptor()
        executor = EventExecutor(label: "http.events.\(index)", wake: wake)
        self.service = service
        readiness = try ReadinessSet()
        reports = ReportBuffer(capacity: 128)
        now = event_uptime()
        wheel = DeadlineWheel(tick: Self.tick(for: service.spans), now: now)
        guard readiness.watch(wake.descriptor, token: Self.wakeToken) else {
            throw .system(call: "epoll_ctl", subject: "an event queue", code: ENOMEM)
        }
        executor.install { [weak self] in self?.assumeIsolated { $0.look() } ?? false }
    }

    /// How exactly deadlines are kept: short, so that those who are late in a crowd are not all told so at once while others
    /// wait; a tick with nothing to tell costs nothing.
    private static func tick(for spans: TimeoutSpans) -> Int64 {
        min(max(spans.shortest / 8, 5_000_000), 20_000_000)
    }

    /// Takes over an accepted socket from the acceptor's queue.
    nonisolated func adopt(_ socket: StreamSocket, from peer: PeerAddress, isWelcome: Bool) {
        executor.perform { self.assumeIsolated { $0.open(socket, peer, isWelcome: isWelcome) } }
    }

    /// Takes other limits and time-outs over: for connections that come, and for each time-out that begins from now on.
    nonisolated func adopt(_ limits: HTTPLimits, _ spans: TimeoutSpans) {
        executor.perform {
            self.assumeIsolated { loop in
                loop.service.limits = limits
                loop.service.spans = spans
            }
        }
    }

    private func open(_ socket: StreamSocket, _ peer: PeerAddress, isWelcome: Bool) {
        now = event_uptime()
        let connection = connections.insert { id in
            Connection(id: id, socket: socket, peer: peer, isWelcome: isWelcome, limits: service.limits)
        }
        guard !isStopping, readiness.watch(socket.descriptor, token: connection.id.token) else {
            close(connection)
            return
        }
        if isWelcome {
            setDeadline(now + service.spans.idle, for: connection)
            connection.awaited = .request
        } else {
            // RFC 9112 §9.2: what comes before a request was sent is no answer to a client.
            connection.phase = .turnedAway
            setDeadline(now + service.spans.linger, for: connection)
        }
    }

    /// Waits for the sockets, or for the next deadline, and serves what is ready; false when there is nothing to wait for.
    private func look() -> Bool {
        guard !connections.isEmpty else { return false }
        let patience = postponed.isEmpty && executor.mayWait() ? millisecondsToDeadline : 0
        let count = readiness.take(into: reports.buffer, waiting: patience)
        now = event_uptime()
        for index in 0..<count { handle(reports.buffer[index]) }
        if !postponed.isEmpty {
            let waiting = postponed
            postponed.removeAll(keepingCapacity: true)
            for id in waiting {
                guard let connection = connections[id.token] else { continue }
                connection.isPostponed = false
                advance(connection)
            }
        }
        if now >= wheel.nextTelling { checkDeadlines() }
        return true
    }

    /// From the last look at the clock, and rounded up: waking before the deadline would be for nothing.
    private var millisecondsToDeadline: Int32 {
        let left = max(0, wheel.nextTelling - now)
        return Int32(clamping: left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1))
    }

    /// Lets others have their turn before a connection goes on.
    func postpone(_ connection: Connection) {
        // Bytes that come meanwhile must not give it a second share.
        guard !connection.isPostponed else { return }
        connection.isPostponed = true
        postponed.append(connection.id)
    }

    private func handle(_ report: event_report) {
        guard let connection = connections[report.token] else { return }
        if report.readable { connection.canReceive = true }
        if report.finished { connection.peerFinished = true }
        if report.broken { connection.isBroken = true }
        if report.writable, !connection.output.isEmpty { flush(connection) }
        // A postponed one gets its share after the others.
        if !connection.isPostponed { advance(connection) }
    }

    /// For who wants to know whether the queue runs.
    func takeTurn() {}

    func makeTicket() -> Int {
        nextTicket += 1
        return nextTicket
    }
}

/// Room for the reports of one look at the readiness set.
private final class ReportBuffer {
    let buffer: UnsafeMutableBufferPointer<event_report>

    init(capacity: Int) {
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
    }
}
