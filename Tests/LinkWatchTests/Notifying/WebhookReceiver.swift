import ExactJSON
import Foundation
import HTTPServing
import HTTPTypes
import Locking

@testable import LinkWatch

/// Somebody who is told about alerts, on a port of their own, and remembers it.
final class WebhookReceiver: Sendable {
    /// One delivery.
    struct Delivery: Sendable {
        let id: String
        let type: String
        let body: JSONValue
        let signature: String?

        /// The names of the links that it is about.
        var links: [String] { (body["alerts"].array ?? []).compactMap { $0["link_name"].string } }
    }

    let url: String
    private let all: Locked<[Delivery]>
    private let told: Bell

    private init(url: String, all: Locked<[Delivery]>, told: Bell) {
        (self.url, self.all, self.told) = (url, all, told)
    }

    var deliveries: [Delivery] { all.withLock(\.self) }

    /// Waits until a delivery is what is awaited; the suite's time limit is its end.
    @discardableResult
    func await(_ isAwaited: (Delivery) -> Bool) async throws -> Delivery {
        while true {
            let rings = told.rings
            if let found = deliveries.first(where: isAwaited) { return found }
            try await told.wait(after: rings)
        }
    }

    /// Lends one that takes everything.
    static func with(_ body: (WebhookReceiver) async throws -> Void) async throws {
        let all = Locked<[Delivery]>([])
        let told = Bell()
        let handler = RouteHandler.asynchronous { request in
            let json = (try? JSONValue(parsing: request.body)) ?? .null
            let delivery = Delivery(
                id: json["notification_id"].string ?? "",
                type: json["type"].string ?? "",
                body: json,
                signature: HTTPField.Name("X-Linkwatch-Signature").flatMap { request[$0] }
            )
            all.withLock { $0.append(delivery) }
            told.ring()
            return Response()
        }
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(),
            router: try Router([Route(.post, "/hook", id: "hook", summary: "", handler: handler)]),
            logger: .silent
        )
        let base = try server.start().first?.url ?? ""
        do {
            try await body(WebhookReceiver(url: base + "/hook", all: all, told: told))
        } catch {
            await server.stop(deadline: .zero)
            throw error
        }
        await server.stop(deadline: .zero)
    }
}
