import HTTPServing
import HTTPTypes
import Locking
import Testing

/// Clients that would take all of the server, beside one that asks now and then.
@Suite(.timeLimit(.minutes(1))) struct FairnessTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    private func expectService(_ client: RawClient) async throws {
        for _ in 0..<50 { #expect(try await client.ask(Self.hello).text == "hello\n") }
    }

    @Test func `a client that pipelines without end leaves the others their turn`() async throws {
        try await withServer(configuration: HTTPServerConfiguration(eventQueues: 1)) { server in
            let steady = try await server.connect()
            let floods = [try await server.connect(), try await server.connect(), try await server.connect()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for flood in floods {
                    let requests = Array(String(repeating: Self.hello, count: 2000).utf8)
                    group.addTask { while try await flood.send(requests) == requests.count {} }
                    group.addTask { while try await !flood.receive(atMost: 1_000_000).isEmpty {} }
                }
                try await expectService(steady)
                for flood in floods { flood.leave() }
            }
        }
    }

    @Test func `clients that upload without end leave the others their turn`() async throws {
        try await withServer([.hello, .echo], configuration: HTTPServerConfiguration(eventQueues: 1)) { server in
            let steady = try await server.connect()
            let isOver = Locked(false)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for refused in [true, false] {
                    let flood = try await server.connect()
                    let length = refused ? 100_000_000 : 1_000_000
                    group.addTask {
                        let body = [UInt8](repeating: 0x61, count: 1_000_000)
                        while !isOver.withLock({ $0 }) {
                            // After a refusal all of this is drained; the other is answered each time.
                            let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n"
                            guard try await flood.send(head) > 0, try await flood.send(body) == body.count else {
                                return
                            }
                            if !refused { #expect(try await flood.answer().body.count == body.count) }
                        }
                    }
                }
                try await expectService(steady)
                isOver.withLock { $0 = true }
                try await group.waitForAll()
            }
        }
    }

    @Test func `hundreds of clients that wait hold no thread`() async throws {
        let large = Route.immediate("/large") { _ in
            Response(body: .bytes([UInt8](repeating: 0x61, count: 16_000_000)))
        }
        let events = EventStream<String>()
        let configuration = HTTPServerConfiguration(
            timeouts: HTTPTimeouts(halfClosed: .milliseconds(50)),
            eventQueues: 1
        )
        try await withServer([.hello, .echo, large, .hanging(events)], configuration: configuration) { server in
            var waiting: [RawClient] = []
            for index in 0..<300 {
                let client = try await server.connect()
                switch index % 5 {
                case 0: break
                case 1: try await client.send("GET /hel")
                case 2: try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
                case 3: try await client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
                default: try await client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
                }
                waiting.append(client)
            }
            let steady = try await server.connect()
            try await expectService(steady)
            #expect(server.server.connections == 301)
            waiting.removeAll()
            // That they are gone is noticed, and ends their handlers.
            for client in 0..<60 { #expect(await events.next() == "begun", "\(client)") }
            for client in 0..<60 { #expect(await events.next() == "cancelled", "\(client)") }
        }
    }
}
