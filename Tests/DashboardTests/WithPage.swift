import Dashboard
import HTTPServing
import Locking
import Logging

/// The page on a port of its own, before an interface of the test's.
struct Page: Sendable {
    let base: String
    private let answered: Exchanges

    /// How each question so far was answered: `200 /api/v1/links`.
    var answers: [String] { answered.all.withLock { $0 } }

    fileprivate init(base: String, answered: Exchanges) {
        self.base = base
        self.answered = answered
    }
}

private final class Exchanges: Sendable {
    let all = Locked<[String]>([])
}

/// Serves the page for the body's time, and stops whatever happens.
func withPage(of fleet: TestFleet = TestFleet([]), _ body: (Page) async throws -> Void) async throws {
    let exchanges = Exchanges()
    let server = HTTPServer(
        configuration: HTTPServerConfiguration(),
        router: try Router(Dashboard.routes + fleet.routes),
        observer: { exchange in
            exchanges.all.withLock { $0.append("\(exchange.status) \(exchange.routeTemplate)") }
        },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let address = try server.start().first
    do {
        try await body(Page(base: address?.url ?? "", answered: exchanges))
    } catch {
        await server.stop(deadline: .zero)
        throw error
    }
    await server.stop(deadline: .zero)
}
