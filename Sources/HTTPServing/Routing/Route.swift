package import HTTPTypes

/// Lets a request through to its handler, on the event queue, or throws a ``ProblemError`` to answer in the handler's place.
///
/// It may say who is asking where the handler needs to know; nil costs nothing.
package typealias RequestGate = @Sendable (Request) throws -> (any Caller)?

/// One row of the table of routes, which also feeds the API's description and the metrics' labels.
///
/// A class, because every request is told which one it is for.
package final class Route: Sendable {
    /// The method it answers; GET answers HEAD too.
    package let method: HTTPRequest.Method
    /// The path, with parameters as whole segments: `/clusters/{cluster_id}/links`.
    package let template: String
    /// A name for the operation that no other route has, for descriptions.
    package let id: String
    /// What it does, in one line for people.
    package let summary: String
    /// Asked before the handler, and before a body is let in with 100; nil for what is open to everyone.
    package let gate: RequestGate?
    /// What answers.
    package let handler: RouteHandler

    /// Makes a route; the router judges the template.
    package init(
        _ method: HTTPRequest.Method,
        _ template: String,
        id: String,
        summary: String,
        gate: RequestGate? = nil,
        handler: RouteHandler
    ) {
        self.method = method
        self.template = template
        self.id = id
        self.summary = summary
        self.gate = gate
        self.handler = handler
    }
}
