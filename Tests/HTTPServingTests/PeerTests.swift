import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct PeerTests {
    private static let later = "GET /later HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `a half-closed client gets its answer`() async throws {
        let route = Route.asynchronous { _ in
            await Task.yield()
            return .bytes(Array("late".utf8), contentType: "text/plain")
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later + Self.later)
            client.finishSending()
            #expect(try await client.answer().text == "late")
            #expect(try await client.answer().text == "late")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a client that leaves cancels its handler`() async throws {
        let events = EventStream<String>()
        try await withServer([.hanging(events)]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            #expect(await events.next() == "begun")
            client.reset()
            #expect(await events.next() == "cancelled")
            #expect(await server.exchanges.next().status == Exchange.clientLeft)
        }
    }

    @Test func `a client that finished sending cancels its handler after a while`() async throws {
        let events = EventStream<String>()
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .milliseconds(50)))
        try await withServer([.hanging(events)], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            client.finishSending()
            #expect(await events.next() == "begun")
            #expect(await events.next() == "cancelled")
        }
    }

    @Test func `resets in the middle of anything leave the others alone`() async throws {
        try await withServer([.hello, .echo]) { server in
            let steady = try await server.connect()
            for start in [
                "", "GET", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n",
            ] {
                let client = try await server.connect()
                try await client.send(start)
                client.reset()
                #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
            }
        }
    }

    @Test(arguments: [
        "", "\r", "GET /hel", "GET /hello HTTP/1.1\r\nHost: x\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ])
    func `a client that ends its sending within a request gets no answer`(_ start: String) async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            try await client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n" + start)
            client.finishSending()
            #expect(try await client.answer().text == "hello\n")
            #expect(try await client.receiveToEnd().isEmpty)
            client.reset()
            while server.server.connections > 0 { await Task.yield() }
        }
    }

    @Test func `a half-closed client gets all it asked for, however large`() async throws {
        let large = Route.immediate("/large") { _ in
            Response(body: .bytes([UInt8](repeating: 0x61, count: 4_000_000)))
        }
        // Shorter than it takes to be read: it is about handlers, not about readers.
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .milliseconds(1)))
        try await withServer([large], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: x\r\n\r\n", count: 5))
            client.finishSending()
            for _ in 0..<5 { #expect(try await client.answer().body.count == 4_000_000) }
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a reset in the middle of an answer ends it and nothing else`() async throws {
        let events = EventStream<String>()
        let routes: [Route] = [
            .hello,
            .immediate("/large") { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 16_000_000))) },
            .asynchronous("/stream") { _ in
                Response(
                    body: .stream { writer in
                        defer { events.tell("ended") }
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 100_000)) }
                    }
                )
            },
        ]
        try await withServer(routes) { server in
            let steady = try await server.connect()
            for path in ["/large", "/stream"] {
                let client = try await server.connect()
                try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await client.receive(exactly: 100_000)
                client.reset()
                let exchange = await server.exchanges.next()
                #expect(exchange.status == 200)
                #expect(!exchange.isComplete)
                #expect(exchange.routeTemplate == path)
                #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
                #expect(await server.exchanges.next().isComplete)
            }
            #expect(await events.next() == "ended")
        }
    }

    @Test func `writing to peers that are gone raises no SIGPIPE`() async {
        // In a process of its own, whose disposition is the default: to die of it.
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let events = EventStream<Void>()
            let route = Route.asynchronous("/stream") { _ in
                Response(
                    body: .stream { writer in
                        defer { events.tell(()) }
                        while true { try await writer.write(Array("data".utf8)) }
                    }
                )
            }
            // The kernel sends it from a file, with a call that knows no MSG_NOSIGNAL.
            let file = Representation(
                contentType: "text/plain",
                body: [UInt8](repeating: 0x61, count: 16_000_000),
                etag: "v1",
                compressible: false,
                isSentOften: true
            )
            let large = Route.immediate("/file") { _ in .representation(file) }
            try await withServer([route, large, .hello]) { server in
                for _ in 0..<20 {
                    let client = try await server.connect()
                    try await client.send("GET /file HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try await client.receive(exactly: 1_000_000)
                    client.reset()
                    #expect(await server.exchanges.next().isComplete == false)
                }
                for _ in 0..<20 {
                    let client = try await server.connect()
                    try await client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try await client.receive(through: "data")
                    client.reset()
                    await events.next()
                }
                let client = try await server.connect()
                #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            }
        }
    }
}
