import HTTPServing
import HTTPTypes

/// A route with all that is known of it: the router, the description of the interface and the gate read this one table.
struct APIRoute: Sendable {
    let method: HTTPRequest.Method
    let template: String
    /// A name for generated clients: `listLinks`.
    let id: String
    let summary: String
    let parameters: [Parameter]
    /// Nil for what is open to everyone.
    let role: Role?
    let answer: AnswerKind
    let handler: RouteHandler

    init(
        _ template: String,
        method: HTTPRequest.Method = .get,
        id: String,
        summary: String,
        parameters: [Parameter] = [],
        role: Role? = .read,
        answer: AnswerKind = .item,
        handler: RouteHandler
    ) {
        self.method = method
        self.template = template
        self.id = id
        self.summary = summary
        self.parameters = parameters
        self.role = role
        self.answer = answer
        self.handler = handler
    }

    var route: Route { Route(method, template, id: id, summary: summary, handler: handler) }
}

/// What a route answers with, as far as the description of the interface tells.
enum AnswerKind: Sendable {
    /// `{"data":[…],"next_cursor":…}`.
    case list
    case item
    /// Confluent's own shape.
    case confluent
    case text(type: String)
}
