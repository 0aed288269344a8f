package import HTTPTypes

/// An answer that was made without a connection.
package struct RoutedAnswer: Sendable {
    package let status: HTTPResponse.Status
    package let body: [UInt8]
}

extension Router {
    /// Answers a question of this very process, through the same table, gates and handlers as one that came over a connection.
    ///
    /// It comes from this machine. What a handler writes piece by piece has no end that could be waited for and is refused.
    /// - Parameter target: path and query in origin form, taken as they are.
    package func respond(
        to method: HTTPRequest.Method,
        _ target: String,
        fields: HTTPFields = [:],
        body: [UInt8] = []
    ) async -> RoutedAnswer {
        let request = Request.make(method: method, target: target, fields: fields, body: body)
        do {
            switch match(request.head) {
            case .problem(let problem): throw problem
            case .options(let allow):
                return RoutedAnswer(Response(status: .noContent, fields: [.allow: allow]), body: [])
            case .route(let index, let parameters):
                let routed = Request(
                    head: request.head,
                    body: body,
                    peer: request.peer,
                    parameters: parameters,
                    routeIndex: index,
                    routeTemplate: routes[index].template,
                    caller: nil
                )
                return try await respond(to: routed, routes[index])
            }
        } catch {
            let unforeseen = Problem(status: .internalServerError, detail: "\(error)")
            let response = answer((error as? any ProblemError)?.problem ?? unforeseen, request)
            guard case .bytes(let bytes) = response.body else { return RoutedAnswer(response, body: []) }
            return RoutedAnswer(response, body: bytes)
        }
    }

    private func respond(to request: Request, _ route: Route) async throws -> RoutedAnswer {
        let request = try route.gate?(request).map(request.asked) ?? request
        let response =
            switch route.handler {
            case .immediate(let handle): try handle(request)
            case .asynchronous(let handle): try await handle(request)
            case .atHand(let known, let handle):
                if let response = try known(request) { response } else { try await handle(request) }
            }
        switch response.body {
        case .empty: return RoutedAnswer(response, body: [])
        case .bytes(let bytes): return RoutedAnswer(response, body: bytes)
        case .representation(let representation):
            await representation.plain.settle()
            return RoutedAnswer(response, body: representation.plain.made?.body ?? [])
        case .stream:
            throw Problem(
                status: .notImplemented,
                detail: "\(request.path) has no end: it is answered over a connection only"
            )
        }
    }
}

extension RoutedAnswer {
    fileprivate init(_ response: Response, body: [UInt8]) {
        status = response.status
        self.body = body
    }
}
