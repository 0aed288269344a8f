import CEventQueue
import HTTPTypes

extension EventLoop {
    /// Answers a whole request, here or in a task.
    func serve(_ head: consuming RequestHead, _ body: consuming [UInt8], _ connection: Connection) {
        guard let (received, route) = begin(head, body, connection) else { return }
        do {
            let caller = connection.isAdmitted ? connection.caller : try route.gate?(received)
            let request = caller.map(received.asked(by:)) ?? received
            switch route.handler {
            case .immediate(let handle):
                answer(connection, try handle(request))
            case .asynchronous(let handle):
                run(handle, request, connection)
            case .atHand(let known, let otherwise):
                guard let response = try known(request) else { return run(otherwise, request, connection) }
                answer(connection, response)
            }
        } catch {
            fail(connection, error)
        }
    }

    /// Decides whether a client that waits for 100 is to send its body (RFC 9110 §10.1.1).
    func decideOnBody(of head: RequestHead, _ connection: Connection) {
        guard case .route(let index, let parameters) = service.router.match(head) else {
            _ = begin(head, [], connection, mustEnd: true)
            return
        }
        do {
            connection.caller = try service.router.routes[index].gate?(request(head, [], connection, index, parameters))
            connection.isAdmitted = true
            connection.output.append(Self.continueLine)
            flush(connection)
        } catch {
            guard begin(head, [], connection, mustEnd: true) != nil else { return }
            fail(connection, error)
        }
    }

    /// Finds a request's route and notes that it is being answered; answers it at once where there is no route.
    /// - Parameter mustEnd: the body will not be read, and so nothing after it either.
    private func begin(
        _ head: consuming RequestHead,
        _ body: consuming [UInt8],
        _ connection: Connection,
        mustEnd: Bool = false
    ) -> (Request, Route)? {
        switch service.router.match(head) {
        case .route(let index, let parameters):
            let request = request(head, body, connection, index, parameters)
            begin(request, connection, mustEnd: mustEnd)
            return (request, service.router.routes[index])
        case .problem(let problem):
            let request = Request(head: head, body: body, peer: connection.peer)
            begin(request, connection, mustEnd: mustEnd)
            answerUnmatched(request, connection, service.router.answer(problem, request))
        case .options(let allow):
            let preflight = service.router.crossOrigin?()?.preflight(head, allow: allow)
            let request = Request(head: head, body: body, peer: connection.peer)
            begin(request, connection, mustEnd: mustEnd)
            if let preflight {
                answer(connection, preflight)
            } else {
                answerUnmatched(request, connection, Response(status: .noContent, fields: [.allow: allow]))
            }
        }
        return nil
    }

    /// What is there and what is not is told to those only who may ask.
    private func answerUnmatched(_ request: Request, _ connection: Connection, _ response: Response) {
        do {
            _ = try service.router.gate?(request)
            answer(connection, response)
        } catch {
            fail(connection, error)
        }
    }

    private func request(
        _ head: consuming RequestHead,
        _ body: consuming [UInt8],
        _ connection: Connection,
        _ index: Int,
        _ parameters: PathParameters
    ) -> Request {
        Request(
            head: head,
            body: body,
            peer: connection.peer,
            parameters: parameters,
            routeIndex: index,
            routeTemplate: service.router.routes[index].template
        )
    }

    private static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private func begin(_ request: Request?, _ connection: Connection, mustEnd: Bool) {
        connection.exchangeNumber += 1
        connection.awaited = nil
        connection.deadline = .max
        connection.exchange = OpenExchange(request: request, started: now, mustEnd: mustEnd)
    }

    /// Gives the one answer a connection gets whose bytes are no request, and ends it.
    ///
    /// Where only the body is at fault it is told in the way of what was asked for.
    /// - Parameter isHead: whether the request is a HEAD, where the parser has done with it.
    func refuse(_ connection: Connection, _ problem: Problem, isHead: Bool? = nil) {
        begin(nil, connection, mustEnd: true)
        connection.exchange?.isRefusedHead = isHead ?? connection.parser.isHead
        let request = connection.parser.headOfBody.map { Request(head: $0, body: [], peer: connection.peer) }
        answer(connection, request.map { service.router.answer(problem, $0) } ?? problem.response())
    }

    /// Answers what a handler threw before it answered.
    func fail(_ connection: Connection, _ error: any Error) {
        guard let request = connection.exchange?.request else { return }
        if error is ConnectionAbort {
            close(connection, resetting: true)
            return
        }
        let response = service.response(to: error, request: request)
        let delay = (error as? any ProblemError)?.problem.delay ?? .zero
        guard delay > .zero, !isStopping else { return answer(connection, response) }
        let exchange = connection.exchangeID
        connection.phase = .handling
        connection.exchange?.isKeptBack = true
        launch(for: connection) {
            // It ends early with a stop, or with a connection that nobody waits at any more.
            try? await ContinuousClock().sleep(for: delay)
            _ = await self.complete(exchange, with: response)
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
                await RepresentationAnswer.makeForm(of: response, for: request.head)
                if let stream = await self.complete(exchange, with: response) {
                    await self.produce(stream, for: exchange)
                }
            } catch {
                await self.fail(exchange, error)
            }
        }
    }
}
