import CEventQueue
import HTTPTypes

extension EventLoop {
    /// Answers a whole request, here or in a task.
    func serve(_ request: Request, _ connection: Connection) {
        var request = request
        let match = service.router.match(&request)
        begin(request, connection)
        switch match {
        case .answer(let response):
            answer(connection, response)
        case .route(let handler):
            do {
                if !connection.isAdmitted { try service.gate?(request) }
                switch handler {
                case .immediate(let handle): answer(connection, try handle(request))
                case .asynchronous(let handle): run(handle, request, connection)
                }
            } catch {
                fail(connection, error)
            }
        }
    }

    /// Decides whether a client that waits for 100 is to send its body (RFC 9110 §10.1.1).
    func decideOnBody(of head: RequestHead, _ connection: Connection) {
        var request = Request(head: head, body: [], peer: connection.peer)
        switch service.router.match(&request) {
        case .answer(let response):
            begin(request, connection)
            connection.exchange?.mustEnd = true
            answer(connection, response)
        case .route:
            do {
                try service.gate?(request)
                connection.isAdmitted = true
                connection.output.append(Self.continueLine)
                flush(connection)
            } catch {
                begin(request, connection)
                connection.exchange?.mustEnd = true
                fail(connection, error)
            }
        }
    }

    private static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private func begin(_ request: Request?, _ connection: Connection) {
        connection.exchangeNumber += 1
        connection.awaited = nil
        connection.deadline = .max
        connection.exchange = OpenExchange(request: request, started: event_uptime())
    }

    /// Gives the one answer a connection gets whose bytes are no request, and ends it.
    func refuse(_ connection: Connection, _ problem: Problem) {
        begin(nil, connection)
        connection.exchange?.mustEnd = true
        answer(connection, problem.response())
    }

    /// Tells a connection over the limits so.
    func turnAway(_ connection: Connection) {
        refuse(connection, service.turnedAway)
    }

    /// Answers what a handler threw before it answered.
    func fail(_ connection: Connection, _ error: any Error) {
        guard let request = connection.exchange?.request else { return }
        if error is ConnectionAbort {
            close(connection, resetting: true)
        } else {
            answer(connection, service.response(to: error, request: request))
        }
    }

    /// Hands a request to a task of its own.
    private func run(
        _ handle: @escaping @Sendable (Request) async throws -> Response,
        _ request: Request,
        _ connection: Connection
    ) {
        let exchange = connection.exchangeID
        connection.phase = .handling
        launch(for: connection) {
            do {
                let response = try await handle(request)
                // Here it costs the event queue nothing.
                if case .representation(let representation) = response.body, response.status == .ok,
                    RepresentationAnswer.needsCompression(representation, for: request)
                {
                    _ = representation.compressedForm()
                }
                if let stream = await self.complete(exchange, with: response) {
                    await self.produce(stream, for: exchange)
                }
            } catch {
                await self.fail(exchange, error)
            }
        }
    }
}
