package import HTTPTypes

/// One row of the table of routes, which also feeds the API's description and the metrics' labels.
package struct Route: Sendable {
    /// The method it answers; GET answers HEAD too.
    package let method: HTTPRequest.Method
    /// The path, with parameters as whole segments: `/clusters/{cluster_id}/links`.
    package let template: String
    /// A name for the operation that no other route has, for descriptions.
    package let id: String
    /// What it does, in one line for people.
    package let summary: String
    /// What answers.
    package let handler: RouteHandler

    /// Makes a route; the router judges the template.
    package init(
        _ method: HTTPRequest.Method,
        _ template: String,
        id: String,
        summary: String,
        handler: RouteHandler
    ) {
        self.method = method
        self.template = template
        self.id = id
        self.summary = summary
        self.handler = handler
    }
}
