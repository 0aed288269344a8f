import Foundation
import HTTPServing
import HTTPTypes
import Locking
import Logging

/// A server on a port of the system's choice, with what a test wants to know of it.
struct TestServer {
    let server: HTTPServer
    let addresses: [BoundAddress]
    let exchanges: EventStream<Exchange>

    func connect(_ index: Int = 0) async throws -> RawClient {
        try await RawClient(addresses[index])
    }
}

/// Runs a server for the body's time, and stops it whatever happens.
func withServer(
    _ routes: [Route] = [.hello],
    configuration: HTTPServerConfiguration = HTTPServerConfiguration(),
    gate: (@Sendable (Request) throws -> Void)? = nil,
    unmatchedGate: RequestGate? = nil,
    crossOrigin: CrossOrigin? = nil,
    _ body: (TestServer) async throws -> Void
) async throws {
    let exchanges = EventStream<Exchange>()
    let server = HTTPServer(
        configuration: configuration,
        router: try Router(
            routes.map { route in
                gate.map { gate in
                    route.behind {
                        try gate($0)
                        return nil
                    }
                } ?? route
            },
            gate: unmatchedGate,
            crossOrigin: { crossOrigin }
        ),
        observer: { exchanges.tell($0) },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let addresses = try server.start()
    do {
        try await body(TestServer(server: server, addresses: addresses, exchanges: exchanges))
    } catch {
        await server.stop(deadline: .zero)
        throw error
    }
    await server.stop(deadline: .zero)
}

extension Route {
    /// `GET /hello`.
    static let hello = Route(
        .get,
        "/hello",
        id: "hello",
        summary: "Says hello",
        handler: .immediate { _ in
            .bytes(Array("hello\n".utf8), contentType: "text/plain")
        }
    )

    /// The same route, asking a gate first.
    func behind(_ gate: @escaping RequestGate) -> Route {
        Route(method, template, id: id, summary: summary, gate: gate, handler: handler)
    }

    /// `POST /echo` answers with the body.
    static let echo = Route(
        .post,
        "/echo",
        id: "echo",
        summary: "Echoes",
        handler: .immediate { request in
            .bytes(request.body, contentType: "application/octet-stream")
        }
    )

    static func asynchronous(
        _ path: String = "/later",
        _ handle: @escaping @Sendable (Request) async throws -> Response
    ) -> Route {
        Route(.get, path, id: path, summary: "Answers later", handler: .asynchronous(handle))
    }

    static func immediate(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        _ handle: @escaping @Sendable (Request) throws -> Response
    ) -> Route {
        Route(method, path, id: "\(method) \(path)", summary: "Answers at once", handler: .immediate(handle))
    }

    /// `GET /later` tells when it begins, and when it is cancelled, which alone ends it.
    static func hanging(_ events: EventStream<String>) -> Route {
        .asynchronous { _ in
            events.tell("begun")
            do {
                try await hangUntilCancelled()
            } catch {
                events.tell("cancelled")
                throw error
            }
            return Response()
        }
    }
}

/// Does nothing until the task is cancelled, and throws then: a handler or stream that would never end by itself.
func hangUntilCancelled() async throws {
    // Nobody tells this stream anything, so only cancelling ends it.
    for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
    throw CancellationError()
}

/// What happened, for a test to wait on.
final class EventStream<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var waiter: CheckedContinuation<Event, Never>?
    }

    private let state = Locked(State())

    func tell(_ event: Event) {
        let waiter = state.withLock { state in
            guard let waiter = state.waiter else {
                state.events.append(event)
                return nil as CheckedContinuation<Event, Never>?
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: event)
    }

    /// Whether everything that happened was taken.
    var isEmpty: Bool { state.withLock { $0.events.isEmpty } }

    /// The next event that was not taken yet.
    ///
    /// One task at a time may wait.
    func next() async -> Event {
        await withCheckedContinuation { continuation in
            let event = state.withLock { state in
                if state.events.isEmpty {
                    state.waiter = continuation
                    return nil as Event?
                }
                return state.events.removeFirst()
            }
            if let event { continuation.resume(returning: event) }
        }
    }
}
