import HTTPServing
import HTTPTypes
import Testing

/// Answers that are kept back to slow a client.
@Suite(.timeLimit(.minutes(1))) struct KeptBackTests {
    private static func slow(_ delay: Duration, _ asked: EventStream<Void>) -> Route {
        Route.hello.behind { _ in
            defer { asked.tell(()) }
            var problem = Problem(status: .unauthorized, detail: "slowly")
            problem.delay = delay
            throw problem
        }
    }

    private static let ask = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `it comes after its delay, and the connection lasts`() async throws {
        let asked = EventStream<Void>()
        try await withServer([Self.slow(.milliseconds(60), asked)]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let before = ContinuousClock.now
                #expect(try await client.ask(Self.ask).status == 401)
                #expect(ContinuousClock.now - before >= .milliseconds(60))
            }
        }
    }

    @Test func `nobody else waits for it, and neither does a stop`() async throws {
        let asked = EventStream<Void>()
        let other = Route.immediate("/other") { _ in .bytes([0x61], contentType: "text/plain") }
        try await withServer([Self.slow(.seconds(3600), asked), other]) { server in
            let slowed = try await server.connect()
            try await slowed.send(Self.ask)
            await asked.next()
            let client = try await server.connect()
            #expect(try await client.ask("GET /other HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            let stop = Task { await server.server.stop(deadline: .seconds(3600)) }
            #expect(try await slowed.answer().status == 401)
            slowed.leave()
            client.leave()
            await stop.value
        }
    }

    @Test func `a client that has left is forgotten`() async throws {
        let asked = EventStream<Void>()
        try await withServer([Self.slow(.seconds(3600), asked)]) { server in
            let client = try await server.connect()
            try await client.send(Self.ask)
            await asked.next()
            client.reset()
            let exchange = await server.exchanges.next()
            #expect(exchange.status == Exchange.clientLeft)
        }
    }
}
