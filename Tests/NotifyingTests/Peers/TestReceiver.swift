import HTTPServing
import HTTPTypes
import Locking
import Logging
import Notifying

/// What a receiver was sent.
struct Post: Sendable {
    let method: String
    let path: String
    let id: String?
    let signature: String?
    let contentType: String?
    let authorization: String?
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    init(_ request: Request) {
        func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { request[$0] } }
        method = request.method.rawValue
        path = request.path
        id = field("Linkwatch-Notification-Id")
        signature = field("X-Linkwatch-Signature")
        contentType = field("Content-Type")
        authorization = field("Authorization")
        body = request.body
    }
}

/// A receiver on a port of its own: an HTTP server that remembers what it was sent before it answers.
final class TestReceiver: Sendable {
    let base: String
    private let all: Locked<[Post]>
    private let posted: Bell

    fileprivate init(base: String, posts: Locked<[Post]>, posted: Bell) {
        self.base = base
        all = posts
        self.posted = posted
    }

    var posts: [Post] { all.withLock { $0 } }

    /// The first posts, as soon as there are so many.
    func posts(_ count: Int) async throws -> [Post] {
        while true {
            let rings = posted.rings
            let posts = posts
            if posts.count >= count { return posts }
            try await posted.wait(after: rings)
        }
    }

    func webhook(
        _ name: String = "hook",
        secret: Receiver.Secret? = nil,
        template: BodyTemplate? = nil,
        authentication: Receiver.Authentication = .none
    ) -> Receiver {
        Receiver(
            name: name,
            url: "\(base)/hook",
            kind: .webhook(secret: secret, template: template),
            authentication: authentication
        )
    }

    func alertmanager(
        _ name: String = "alertmanager",
        authentication: Receiver.Authentication = .none
    ) -> Receiver {
        Receiver(name: name, url: base, kind: .alertmanager, authentication: authentication)
    }
}

/// Lends a receiver that answers in such a way; `number` is 1 for the first post.
func withReceiver(
    answering answer: @escaping @Sendable (_ number: Int) async throws -> Response = { _ in Response() },
    _ body: (TestReceiver) async throws -> Void
) async throws {
    let posts = Locked<[Post]>([])
    let posted = Bell()
    let handler = RouteHandler.asynchronous { request in
        let number = posts.withLock { posts in
            posts.append(Post(request))
            return posts.count
        }
        posted.ring()
        return try await answer(number)
    }
    let routes = [
        Route(.post, "/hook", id: "hook", summary: "", handler: handler),
        Route(.get, "/hook", id: "get-hook", summary: "", handler: handler),
        Route(.post, "/api/v2/alerts", id: "alerts", summary: "", handler: handler),
    ]
    let server = HTTPServer(
        configuration: HTTPServerConfiguration(),
        router: try Router(routes),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let address = try server.start().first
    do {
        try await body(TestReceiver(base: address?.url ?? "", posts: posts, posted: posted))
    } catch {
        await server.stop(deadline: .zero)
        throw error
    }
    await server.stop(deadline: .zero)
}

/// Waits until the server gives up the request.
func hang() async throws -> Response {
    try await Bell().wait(after: 0)
    return Response()
}
