import CurlHTTP
import HTTPServing
import HTTPTypes
import Locking

@testable import LinkWatch

/// Stands between Prometheus and linkwatch and asks for the text format, which a Prometheus of 2.42 cannot be told to prefer
/// (`scrape_protocols` came with 2.49).
final class TextOnlyScrape: Sendable {
    /// The host and port to scrape.
    let target: String
    /// Rings whenever Prometheus comes.
    let scraped: Bell
    private let all: Locked<Set<String>>

    private init(target: String, scraped: Bell, all: Locked<Set<String>>) {
        (self.target, self.scraped, self.all) = (target, scraped, all)
    }

    /// What Prometheus itself would accept.
    var accepted: Set<String> { all.withLock(\.self) }

    /// Lends one for as long as a body runs.
    static func with(of api: APIClient, _ body: (TextOnlyScrape) async throws -> Void) async throws {
        let all = Locked<Set<String>>([])
        let scraped = Bell()
        let handler = RouteHandler.asynchronous { request in
            let accept = request[.accept] ?? ""
            all.withLock { _ = $0.insert(accept) }
            scraped.ring()
            let answer = try await api.send("GET", "/metrics", headers: ["Accept": "text/plain;version=0.0.4"])
            return .bytes(
                answer.body,
                contentType: answer.header("Content-Type") ?? "",
                status: HTTPResponse.Status(code: answer.status)
            )
        }
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(),
            router: try Router([Route(.get, "/metrics", id: "metrics", summary: "", handler: handler)]),
            logger: .silent
        )
        let base = try server.start().first?.url ?? ""
        do {
            try await body(TextOnlyScrape(target: base.authority, scraped: scraped, all: all))
        } catch {
            await server.stop(deadline: .zero)
            throw error
        }
        await server.stop(deadline: .zero)
    }
}

extension String {
    /// The host and port of an address that has nothing after them.
    var authority: String { String(split(separator: "/").last ?? "") }
}
