import Foundation
import HTTPServing
import HTTPTypes

/// A route with all that is known of it: the router, its gates and the description of the interface read this one table.
struct APIRoute: Sendable {
    let method: HTTPRequest.Method
    let template: String
    /// A name for generated clients: `listLinks`.
    let id: String
    let summary: String
    /// The query parameters it knows; any other is refused before the handler runs.
    let parameters: [Parameter]
    /// What the body has to be; nil where it is not read.
    let body: Schema?
    /// Whether the body is read by that before the handler runs; else the handler judges it.
    let checksBody: Bool
    /// Nil for what is open to everyone.
    let role: Role?
    /// Whether it is there only where `management` allows it.
    let isManagement: Bool
    let answer: AnswerKind
    let handler: QuestionHandler

    init(
        _ template: String,
        method: HTTPRequest.Method = .get,
        id: String,
        summary: String,
        parameters: [Parameter] = [],
        body: Schema? = nil,
        checksBody: Bool = true,
        role: Role? = .read,
        isManagement: Bool = false,
        answer: AnswerKind,
        handler: QuestionHandler
    ) {
        self.method = method
        self.template = template
        self.id = id
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.checksBody = checksBody
        self.role = role
        self.isManagement = isManagement
        self.answer = answer
        self.handler = handler
    }

    /// - Parameter gate: makes what a route of a role is behind, and whether it takes `management`.
    func route(gate: (Role, _ isManagement: Bool) -> RequestGate) -> Route {
        Route(
            method,
            template,
            id: id,
            summary: summary,
            gate: role.map { gate($0, isManagement) },
            handler: handler.routed(knowing: parameters, body: checksBody ? body : nil)
        )
    }

    /// Whether the interface speaks Confluent's tongue under a path, in its errors too, however the path is spelt.
    static func isConfluent(_ path: String) -> Bool { (path.removingPercentEncoding ?? path).hasPrefix("/kafka/") }
}

/// What answers a request whose query was checked.
enum QuestionHandler: Sendable {
    /// Takes microseconds and waits for nothing.
    case immediate(@Sendable (Question) throws -> Response)
    case asynchronous(@Sendable (Question) async throws -> Response)
    /// Looks first whether the request's answer is at hand, before anything of its query is read.
    case atHand(@Sendable (Request) throws -> Response?, otherwise: @Sendable (Question) async throws -> Response)

    func routed(knowing parameters: [Parameter], body: Schema? = nil) -> RouteHandler {
        let question = { @Sendable request in try Question(request, knowing: parameters, body: body) }
        return switch self {
        case .immediate(let handle): .immediate { try handle(question($0)) }
        case .asynchronous(let handle): .asynchronous { try await handle(question($0)) }
        case .atHand(let known, let otherwise): .atHand(known, otherwise: { try await otherwise(question($0)) })
        }
    }
}

/// What a route answers with, as the description of the interface tells it.
enum AnswerKind: Sendable {
    /// `{"data":[…],"next_cursor":…}`, and what stands beside these.
    case list(of: Schema, beside: [SchemaField] = [])
    case item(Schema)
    /// `[…]`: a list of another interface's shape.
    case array(of: Schema)
    case text(types: [String])
    /// One document as JSON, or as text of another type where that is asked for.
    case itemOrText(Schema, types: [String])
    /// What a cluster answered, whatever it is; with nil its successes have no body that matters.
    case passedOn(status: Int, Schema? = nil)
}
