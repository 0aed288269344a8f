import CEventQueue
import HTTPTypes
import Logging

/// Called after each answer, on the event queue: it must not block.
package typealias ExchangeObserver = @Sendable (Exchange) -> Void

/// What all event loops of a server share.
struct Service: Sendable {
    let router: Router
    let observer: ExchangeObserver?
    let logger: Logger
    let failures: FailureLog
    /// Each event loop has its own, which change while it runs; a connection keeps the parser's limits that it began with.
    var limits: HTTPLimits
    var spans: TimeoutSpans
    let ledger: ConnectionLedger
    let retryAfter: Duration

    /// What a client beyond a limit is told.
    var turnedAway: Problem {
        let seconds = max(1, Int(retryAfter.components.seconds))
        return Problem(
            status: .serviceUnavailable,
            detail: "too many connections are open; try again in \(seconds) s",
            fields: [.retryAfter: String(seconds)]
        )
    }

    /// The one place where errors become answers.
    ///
    /// An error without an answer of its own is logged and tells the client nothing.
    func response(to error: any Error, request: Request) -> Response {
        if let error = error as? any ProblemError { return router.answer(error.problem, request) }
        failures.handlerFailed(
            error,
            method: request.method.rawValue,
            route: request.routeTemplate,
            at: event_uptime()
        )
        return router.answer(
            Problem(status: .internalServerError, detail: "the server failed to answer; its log says why"),
            request
        )
    }
}
