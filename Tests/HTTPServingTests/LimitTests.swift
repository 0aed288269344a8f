import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct LimitTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    /// The server's own limits of these tests.
    private static let small = HTTPServerConfiguration(
        limits: HTTPLimits(requestLine: 64, headerCount: 10, headerBytes: 320, body: 100)
    )

    private static func pad(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static func chunked(_ chunks: String, trailers: String = "") -> String {
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\(trailers)\r\n"
    }

    /// Each pair is a request at a limit, and the same with one more of what is limited.
    private static let limits: [(status: Int, atLimit: String, beyond: String)] = [
        (414, "GET /\(pad(50)) HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\(pad(51)) HTTP/1.1\r\nHost: x\r\n\r\n"),
        (
            431, "GET / HTTP/1.1\r\nHost: x\r\nX: \(pad(306))\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: \(pad(307))\r\n\r\n"
        ),
        (
            431, "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 9) + "\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 10) + "\r\n"
        ),
        (
            413, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n\(pad(100))",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n\(pad(101))"
        ),
        (
            413, chunked("60\r\n\(pad(96))\r\n4\r\naaaa\r\n"), chunked("60\r\n\(pad(96))\r\n5\r\naaaaa\r\n")
        ),
        (
            431, chunked("1\r\na\r\n", trailers: String(repeating: "X: y\r\n", count: 10)),
            chunked("1\r\na\r\n", trailers: String(repeating: "X: y\r\n", count: 11))
        ),
    ]

    @Test(arguments: limits)
    func `what is at a limit is taken, one more is refused`(
        _ limit: (status: Int, atLimit: String, beyond: String)
    ) async throws {
        try await withServer([.immediate("/") { _ in Response() }, .echo], configuration: Self.small) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let taken = try await client.ask(limit.atLimit)
                #expect(taken.status == 200 || taken.status == 404)
                #expect(taken["connection"] == nil)
            }
            let refused = try await client.ask(limit.beyond)
            #expect(refused.status == limit.status)
            #expect(refused["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `the default limits take what browsers and clients send`() async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            let fields = (0..<99).map { "X-\($0): \(Self.pad(300))\r\n" }.joined()
            #expect(
                try await client.ask("GET /hello?\(Self.pad(8000)) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n").status == 200
            )
            let body = [UInt8](repeating: 0x61, count: 1024 * 1024)
            try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
            try await client.send(body)
            #expect(try await client.answer().body == body)
        }
    }

    @Test func `the last request a connection may make says so`() async throws {
        let configuration = HTTPServerConfiguration(limits: HTTPLimits(requestsPerConnection: 2))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            #expect(try await client.ask(Self.hello)["connection"] == nil)
            #expect(try await client.ask(Self.hello)["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `requests beyond a connection's number are not answered`() async throws {
        let configuration = HTTPServerConfiguration(limits: HTTPLimits(requestsPerConnection: 3))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(String(repeating: Self.hello, count: 10))
            for index in 1...3 { #expect(try await client.answer()["connection"] == (index < 3 ? nil : "close")) }
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test(arguments: [HTTPLimits(connections: 2), HTTPLimits(connectionsPerAddress: 2)])
    func `a connection too many is told when to come back`(_ limits: HTTPLimits) async throws {
        let configuration = HTTPServerConfiguration(
            limits: limits,
            timeouts: HTTPTimeouts(linger: .seconds(30)),
            retryAfter: .seconds(7)
        )
        try await withServer(configuration: configuration) { server in
            let first = try await server.connect()
            let second = try await server.connect()
            #expect(try await first.ask(Self.hello).status == 200)
            #expect(try await second.ask(Self.hello).status == 200)
            #expect(server.server.connections == 2)
            let third = try await server.connect()
            let answer = try await third.ask(Self.hello)
            #expect(answer.status == 503)
            #expect(answer["retry-after"] == "7")
            #expect(answer["connection"] == "close")
            #expect(answer["content-type"] == "application/problem+json")
            #expect(try await third.receiveToEnd().isEmpty)
            // Those that were let in are served as before.
            #expect(try await second.ask(Self.hello).status == 200)
            // A place that becomes free is given away.
            try await first.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            _ = try await first.receiveToEnd()
            first.reset()
            try await untilServed(server)
        }
    }

    @Test func `one address does not take the place of another`() async throws {
        let configuration = HTTPServerConfiguration(
            limits: HTTPLimits(connections: 3, connectionsPerAddress: 1),
            timeouts: HTTPTimeouts(linger: .seconds(30))
        )
        try await withServer(configuration: configuration) { server in
            var clients: [RawClient] = []
            for (source, status) in [
                ("127.0.0.1", 200), ("127.0.0.1", 503), ("127.0.0.2", 200), ("127.0.0.2", 503), ("127.0.0.3", 200),
                ("127.0.0.4", 503),
            ] {
                let client = try await RawClient(server.addresses[0], from: source)
                #expect(try await client.ask(Self.hello).status == status, "\(source)")
                clients.append(client)
            }
            #expect(server.server.connections == 3)
        }
    }

    /// RFC 9112 §9.2: a client takes nothing for an answer that comes before it asked.
    @Test func `a connection too many is told when it asks, and closed when it does not`() async {
        // A process of its own gives the client its time on a busy machine.
        await #expect(processExitsWith: .success) {
            let configuration = HTTPServerConfiguration(
                limits: HTTPLimits(connections: 1),
                timeouts: HTTPTimeouts(linger: .seconds(1))
            )
            try await withServer(configuration: configuration) { server in
                let first = try await server.connect()
                #expect(try await first.ask(Self.hello).status == 200)
                let silent = try await server.connect()
                let second = try await server.connect()
                #expect(try await second.isQuiet(for: .milliseconds(50)))
                #expect(try await second.ask(Self.hello).status == 503)
                #expect(try await silent.receiveToEnd().isEmpty)
                #expect(try await first.ask(Self.hello).status == 200)
            }
        }
    }

    @Test func `under a flood of connections the first are told, the rest dropped, and those within served`()
        async throws
    {
        let configuration = HTTPServerConfiguration(
            limits: HTTPLimits(connections: 1),
            timeouts: HTTPTimeouts(linger: .seconds(30))
        )
        try await withServer(configuration: configuration) { server in
            let first = try await server.connect()
            #expect(try await first.ask(Self.hello).status == 200)
            var told: [RawClient] = []
            for _ in 0..<64 { told.append(try await server.connect()) }
            for _ in 0..<8 {
                let dropped = try await server.connect()
                await #expect(throws: RawClient.Failure.reset) { _ = try await dropped.receiveToEnd() }
            }
            for client in told { #expect(try await client.ask(Self.hello).status == 503) }
            #expect(try await first.ask(Self.hello).status == 200)
            // Each that leaves makes room for one more to be told.
            told.removeAll()
            var status = 0
            while status != 503 {
                let client = try await server.connect()
                status = (try? await client.ask(Self.hello).status) ?? 0
            }
        }
    }

    /// Connects until there is room: the server learns of a close a little after the client.
    private func untilServed(_ server: TestServer) async throws {
        while true {
            let client = try await server.connect()
            if try await client.ask(Self.hello).status == 200 { return }
        }
    }

    @Test func `many pipelined requests are answered in their order`() async throws {
        try await withServer([.echo]) { server in
            let client = try await server.connect()
            let requests = (0..<500).map { index in
                let body = "body \(index)"
                return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            try await client.send(requests.joined())
            for index in 0..<500 { #expect(try await client.answer().text == "body \(index)") }
        }
    }
}
