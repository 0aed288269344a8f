/// What answers the requests of a route.
package enum RouteHandler: Sendable {
    /// Runs on the event queue, between other connections' requests: it must not block, and should take microseconds.
    case immediate(@Sendable (Request) throws -> Response)
    /// Runs in a task of the server's, which is cancelled when the client leaves or at the stop deadline.
    case asynchronous(@Sendable (Request) async throws -> Response)
    /// Answers what is at hand as an immediate handler does, and leaves the rest, for which it returns nil, to an asynchronous one.
    case atHand(@Sendable (Request) throws -> Response?, otherwise: @Sendable (Request) async throws -> Response)
}
