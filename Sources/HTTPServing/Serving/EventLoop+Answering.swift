import CEventQueue
import HTTPTypes

typealias BodyStream = @Sendable (BodyWriter) async throws -> Void

extension EventLoop {
    /// Sends an answer; a streamed body gets a task.
    func answer(_ connection: Connection, _ response: Response) {
        if makesFormElsewhere(connection, response) { return }
        guard let stream = start(connection, response) else { return }
        let exchange = connection.exchangeID
        launch(for: connection) { await self.produce(stream, for: exchange) }
    }

    /// Sends what is at hand of an answer; returns what is to write the rest.
    func start(_ connection: Connection, _ response: Response) -> BodyStream? {
        guard let exchange = connection.exchange else { return nil }
        var plan = AnswerPlan(
            response,
            to: exchange.request,
            isHead: exchange.isRefusedHead,
            answeringProblems: service.router.answer
        )
        let head = exchange.request?.head
        if let head, let crossOrigin = service.router.crossOrigin?() {
            plan.prepared.append(contentsOf: crossOrigin.fields(for: head))
        }
        let ends =
            exchange.mustEnd || plan.closes || isStopping || !(head?.keepsAlive ?? false)
            || connection.exchangeNumber >= service.limits.requestsPerConnection
        connection.exchange?.mustEnd = ends
        connection.exchange?.status = plan.status.code
        if plan.stream == nil {
            connection.phase = .flushing
            // The handler is done; a peer that only finished sending now has the time that any reader has.
            connection.departure = .max
            connection.deadline = .max
        } else {
            connection.phase = .streaming(plan.framing)
        }
        dates.update(to: event_wall_clock_seconds())
        headBuffer.removeAll(keepingCapacity: true)
        let isHTTP11 = head?.minorVersion ?? 1 == 1
        plan.writeHead(
            to: &headBuffer,
            date: dates.line,
            persistence: ends ? .ends : isHTTP11 ? .implied : .announced
        )
        if let file = plan.file {
            connection.output.append(headBuffer)
            connection.output.append(file)
            flush(connection)
        } else {
            send(plan.bytes, connection)
        }
        if case .streaming = connection.phase { return plan.stream }
        return nil
    }

    /// Sends the head in `headBuffer` and a body with one call where the kernel takes them, and keeps the rest.
    private func send(_ body: [UInt8], _ connection: Connection) {
        guard connection.output.isEmpty else {
            connection.output.append(headBuffer)
            connection.output.append(body)
            return flush(connection)
        }
        let socket = connection.socket
        let transfer = headBuffer.withUnsafeBytes { head in body.withUnsafeBytes { socket.send(head, $0) } }
        switch transfer {
        case .bytes(let count):
            connection.exchange?.bytesSent += count
            if count < headBuffer.count {
                connection.output.append(Array(headBuffer[count...]))
                connection.output.append(body)
            } else {
                connection.output.append(body, from: count - headBuffer.count)
            }
            connection.output.isEmpty ? flushed(connection) : flush(connection)
        case .wouldBlock:
            connection.output.append(headBuffer)
            connection.output.append(body)
            block(connection, progressed: false)
        case .finished, .failed:
            close(connection, resetting: true)
        }
    }

    /// Sends what waits, until the kernel takes no more.
    func flush(_ connection: Connection) {
        var progressed = false
        while !connection.output.isEmpty {
            switch connection.output.send(through: connection.socket) {
            case .bytes(let count):
                connection.exchange?.bytesSent += count
                progressed = true
            case .wouldBlock:
                return block(connection, progressed: progressed)
            case .finished, .failed:
                return close(connection, resetting: true)
            }
        }
        flushed(connection)
    }

    /// A peer that takes a byte gets the whole write time-out again.
    private func block(_ connection: Connection, progressed: Bool) {
        // Between requests (an unread 100) the time-out of the request counts.
        guard connection.exchange != nil, progressed || !connection.isBlocked else { return }
        if progressed { noteReading(connection) }
        connection.isBlocked = true
        connection.unacknowledged = connection.socket.unacknowledged
        setDeadline(min(now + service.spans.write, connection.departure), for: connection)
    }

    private func flushed(_ connection: Connection) {
        noteReading(connection)
        if connection.isBlocked {
            connection.isBlocked = false
            connection.deadline = .max
            setDeadline(connection.departure, for: connection)
        }
        resumeWriters(connection)
        if case .flushing = connection.phase { finish(connection) }
    }

    /// The answer's last byte is with the kernel.
    private func finish(_ connection: Connection) {
        let ends = connection.exchange?.mustEnd ?? true
        report(connection, isComplete: !(connection.exchange?.isTruncated ?? false))
        connection.exchange = nil
        connection.task = nil
        connection.isAdmitted = false
        connection.caller = nil
        connection.departure = .max
        connection.deadline = .max
        connection.awaited = nil
        guard ends else {
            connection.phase = .receiving
            return
        }
        // RFC 9112 §9.6: closing with bytes unread would reset the connection, and the answer might be lost with it.
        connection.socket.finishSending()
        connection.phase = .lingering
        setDeadline(now + service.spans.linger, for: connection)
    }

    /// Tells the observer of an exchange's end.
    private func report(_ connection: Connection, isComplete: Bool) {
        guard let observer = service.observer, let exchange = connection.exchange else { return }
        observer(
            Exchange(
                request: exchange.request,
                routeTemplate: exchange.request?.routeTemplate ?? Request.unmatched,
                routeIndex: exchange.request?.routeIndex,
                status: exchange.status == 0 ? Exchange.clientLeft : exchange.status,
                bytesSent: exchange.bytesSent,
                nanoseconds: event_uptime() - exchange.started,
                isComplete: isComplete,
                peer: connection.peer
            )
        )
    }

    /// Ends a connection at once, with whatever hangs on it.
    func close(_ connection: Connection, resetting: Bool = false) {
        if case .closed = connection.phase { return }
        report(connection, isComplete: false)
        connection.phase = .closed
        connection.exchange = nil
        connection.task?.cancel()
        connection.task = nil
        failWriters(connection)
        connections.remove(connection.id)
        connection.socket.closeNow(resetting: resetting)
        service.ledger.release(connection.peer, wasWelcome: connection.isWelcome)
        resumeStopIfDone()
    }

    /// Makes a form in a task and answers then.
    private func makesFormElsewhere(_ connection: Connection, _ response: Response) -> Bool {
        guard let head = connection.exchange?.request?.head,
            RepresentationAnswer.formToMake(of: response, for: head) != nil
        else { return false }
        let exchange = connection.exchangeID
        connection.phase = .handling
        launch(for: connection) {
            await RepresentationAnswer.makeForm(of: response, for: head)
            _ = await self.complete(exchange, with: response)
        }
        return true
    }
}
