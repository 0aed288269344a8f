import CEventQueue
import Dispatch
import Logging

/// What the tasks of handlers and streams come back with. Between two of their steps the connection may have closed, so each
/// begins by looking whether the exchange is still there.
extension EventLoop {
    private func connection(_ exchange: ExchangeID) -> Connection? {
        guard let connection = connections[exchange.connection.token], connection.exchange != nil,
            connection.exchangeNumber == exchange.number
        else { return nil }
        return connection
    }

    /// Sends a handler's answer; returns the stream that its task is to run.
    func complete(_ exchange: ExchangeID, with response: Response) -> BodyStream? {
        guard let connection = connection(exchange) else { return nil }
        now = event_uptime()
        let stream = start(connection, response)
        if stream == nil { advance(connection) }
        return stream
    }

    /// Runs a stream to its end, outside the event queue.
    @concurrent
    nonisolated func produce(_ stream: BodyStream, for exchange: ExchangeID) async {
        do {
            try await stream(BodyWriter(loop: self, exchange: exchange))
            await endStream(exchange)
        } catch {
            await fail(exchange, error)
        }
    }

    /// Sends bytes of a stream and waits until the kernel has them all.
    func write(_ bytes: [UInt8], to exchange: ExchangeID) async throws {
        // Left by a writer whose task was cancelled, or by another task's: one piece at a time waits for the peer.
        while let connection = connection(exchange), !connection.output.isEmpty {
            try await waitUntilTaken(connection)
        }
        guard let connection = connection(exchange), case .streaming(let framing) = connection.phase else {
            throw BodyWriterError.connectionClosed
        }
        // An empty chunk would end the body (RFC 9112 §7.1).
        guard !bytes.isEmpty else { return }
        now = event_uptime()
        if case .length(let left) = framing {
            guard bytes.count <= left else {
                close(connection, resetting: true)
                throw BodyWriterError.beyondContentLength(by: bytes.count - left)
            }
            connection.phase = .streaming(.length(left - bytes.count))
        }
        connection.output.append(framing.frame(bytes))
        flush(connection)
        guard case .streaming = connection.phase else { throw BodyWriterError.connectionClosed }
        if !connection.output.isEmpty { try await waitUntilTaken(connection) }
    }

    private func waitUntilTaken(_ connection: Connection) async throws {
        let ticket = makeTicket()
        let token = connection.id.token
        // The isolation is said aloud: a closure that does not mention `self` has none to pass on, and would touch the
        // connection on another thread.
        try await withTaskCancellationHandler(
            operation: {
                try await withCheckedThrowingContinuation(isolation: self) {
                    (continuation: CheckedContinuation<Void, any Error>) in
                    // Whoever is cancelled from here on is found by the handler below, whoever was before is not.
                    guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                    connection.writers.append(Connection.WaitingWriter(ticket: ticket, continuation: continuation))
                }
            },
            onCancel: { executor.perform { self.assumeIsolated { $0.cancelWriter(ticket, token) } } },
            isolation: self
        )
    }

    private func cancelWriter(_ ticket: Int, _ token: UInt64) {
        guard let connection = connections[token],
            let index = connection.writers.firstIndex(where: { $0.ticket == ticket })
        else { return }
        connection.writers.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    func resumeWriters(_ connection: Connection) {
        guard !connection.writers.isEmpty else { return }
        let writers = connection.writers
        connection.writers = []
        for writer in writers { writer.continuation.resume() }
    }

    func failWriters(_ connection: Connection) {
        let writers = connection.writers
        connection.writers = []
        for writer in writers { writer.continuation.resume(throwing: BodyWriterError.connectionClosed) }
    }

    func declareEndless(_ exchange: ExchangeID) {
        guard let connection = connection(exchange) else { return }
        connection.exchange?.isEndless = true
        if isStopping || connection.peerFinished { connection.task?.cancel() }
    }

    private func endStream(_ exchange: ExchangeID) {
        guard let connection = connection(exchange), case .streaming(let framing) = connection.phase else { return }
        now = event_uptime()
        switch framing {
        case .length(let left) where left > 0: connection.exchange?.isTruncated = true
        case .chunked: connection.output.append(BodyFraming.lastChunk)
        case .length, .none, .untilClose: break
        }
        if connection.exchange?.isTruncated == true { connection.exchange?.mustEnd = true }
        connection.phase = .flushing
        flush(connection)
        advance(connection)
    }

    /// What a handler or a stream threw, before or in the middle of its answer.
    func fail(_ exchange: ExchangeID, _ error: any Error) {
        guard let connection = connection(exchange) else { return }
        now = event_uptime()
        guard case .streaming(let framing) = connection.phase else {
            fail(connection, error)
            advance(connection)
            return
        }
        if !(error is ConnectionAbort) {
            let route = connection.exchange?.request?.routeTemplate ?? Request.unmatched
            service.failures.streamFailed(error, route: route, at: now)
        }
        // Where closing is the body's regular end, only a reset tells that this is none.
        if error is ConnectionAbort || framing == .untilClose {
            close(connection, resetting: true)
            return
        }
        connection.exchange?.isTruncated = true
        connection.exchange?.mustEnd = true
        connection.phase = .flushing
        flush(connection)
        advance(connection)
    }
}
