import CEventQueue
import Dispatch
import Logging

/// One serial queue with the connections it serves: a readiness set that Dispatch watches, drained until it is empty.
///
/// An actor whose executor is the queue, so that the handlers of its sources are inside it without a hop, and the tasks of
/// asynchronous handlers come back with `await`.
actor EventLoop {
    nonisolated let executor: QueueExecutor
    let service: Service
    let readiness: ReadinessSet
    let received = ReceiveBuffer(size: 64 * 1024)
    private let reports: ReportBuffer
    private var source: (any DispatchSourceRead)?
    var ticking: (any DispatchSourceTimer)?
    var isTicking = false

    var connections = ConnectionTable()
    var wheel: DeadlineWheel
    var now: Int64
    var dates = DateCache()
    /// Where heads of answers are written, again and again.
    var headBuffer: [UInt8] = []
    /// Buffers of connections that went idle, for those that wake.
    var spareBuffers: [[UInt8]] = []
    /// Connections that have more to do than their share of one turn.
    private var postponed: [ConnectionID] = []
    private var isDrainScheduled = false
    private var nextTicket = 0

    /// Tasks of handlers and streams that have not ended, those of closed connections among them.
    var runningTasks = 0

    /// Set once the server stops: answers end their connections.
    var isStopping = false
    var stopWaiters: [CheckedContinuation<Void, Never>] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Rounds of reports taken before other work of the queue (timers, answers of tasks) gets its turn.
    private static let roundsPerTurn = 16

    init(index: Int, service: Service) throws(HTTPServerError) {
        executor = QueueExecutor(label: "http.events.\(index)")
        self.service = service
        readiness = try ReadinessSet()
        reports = ReportBuffer(capacity: 128)
        now = event_uptime()
        let tick = min(max(service.spans.shortest / 8, 5_000_000), 250_000_000)
        wheel = DeadlineWheel(tick: tick, now: now)
    }

    /// Begins to watch.
    func activate() {
        let source = DispatchSource.makeReadSource(fileDescriptor: readiness.descriptor, queue: executor.queue)
        source.setEventHandler { @Sendable [weak self] in self?.assumeIsolated { $0.drain() } }
        // The set's descriptor must outlive the source.
        source.setCancelHandler { @Sendable [readiness] in withExtendedLifetime(readiness) {} }
        source.activate()
        self.source = source
        let ticking = DispatchSource.makeTimerSource(queue: executor.queue)
        ticking.setEventHandler { @Sendable [weak self] in self?.assumeIsolated { $0.checkDeadlines() } }
        ticking.schedule(deadline: .distantFuture)
        ticking.activate()
        self.ticking = ticking
    }

    /// Ends watching; only once all connections are closed.
    func deactivate() {
        source?.cancel()
        source = nil
        ticking?.cancel()
        ticking = nil
    }

    /// Takes over an accepted socket from the acceptor's queue.
    nonisolated func adopt(_ socket: StreamSocket, from peer: PeerAddress, isWelcome: Bool) {
        executor.queue.async { self.assumeIsolated { $0.open(socket, peer, isWelcome: isWelcome) } }
    }

    private func open(_ socket: StreamSocket, _ peer: PeerAddress, isWelcome: Bool) {
        now = event_uptime()
        let connection = connections.insert { id in
            Connection(id: id, socket: socket, peer: peer, isWelcome: isWelcome, limits: service.limits)
        }
        startTicking()
        guard !isStopping, readiness.watch(socket.descriptor, token: connection.id.token) else {
            close(connection)
            return
        }
        if isWelcome {
            setDeadline(now + service.spans.idle, for: connection)
            connection.awaited = .request
        } else {
            turnAway(connection)
        }
    }

    private func drain() {
        for _ in 0..<Self.roundsPerTurn {
            now = event_uptime()
            let count = readiness.take(into: reports.buffer)
            for index in 0..<count { handle(reports.buffer[index]) }
            let waiting = postponed
            postponed.removeAll(keepingCapacity: true)
            for id in waiting {
                if let connection = connections[id.token] { advance(connection) }
            }
            if count == 0, postponed.isEmpty { return }
        }
        // What is left in the set makes Dispatch call again; what was postponed it does not know of.
        if !postponed.isEmpty { scheduleDrain() }
    }

    private func scheduleDrain() {
        guard !isDrainScheduled else { return }
        isDrainScheduled = true
        executor.queue.async {
            self.assumeIsolated {
                $0.isDrainScheduled = false
                $0.drain()
            }
        }
    }

    /// Lets others have their turn before a connection goes on.
    func postpone(_ connection: Connection) {
        postponed.append(connection.id)
        scheduleDrain()
    }

    private func handle(_ report: event_report) {
        guard let connection = connections[report.token] else { return }
        if report.readable { connection.canReceive = true }
        if report.finished { connection.peerFinished = true }
        if report.broken { connection.isBroken = true }
        if report.writable, !connection.output.isEmpty { flush(connection) }
        advance(connection)
    }

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
