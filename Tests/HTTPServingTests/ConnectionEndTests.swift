import HTTPServing
import HTTPTypes
import Testing

/// How a connection ends after its last answer (RFC 9112 §9.6): the server shuts down writing, drains what still comes, closes.
@Suite(.timeLimit(.minutes(1))) struct ConnectionEndTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let configuration = HTTPServerConfiguration(
        limits: HTTPLimits(requestLine: 64, headerCount: 10, headerBytes: 320, body: 100),
        timeouts: HTTPTimeouts(linger: .seconds(30))
    )

    /// One of each kind of refusal.
    private static let refusals: [(bytes: String, status: Int)] = [
        ("GET /\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n", 413),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", 413),
        ("GET /" + String(repeating: "a", count: 60) + " HTTP/1.1\r\n", 414),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: pony\r\nContent-Length: 4000000\r\n\r\n", 417),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 320) + "\r\n", 431),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ]

    @Test(arguments: refusals)
    func `a client that sends megabytes after what is refused gets the answer, and then the end`(
        _ refusal: (bytes: String, status: Int)
    ) async throws {
        try await withServer([.hello, .echo], configuration: Self.configuration) { server in
            let client = try await server.connect()
            try await client.send(refusal.bytes)
            // More than all socket buffers hold: without draining, closing would reset the connection and lose the answer.
            #expect(try await client.send([UInt8](repeating: 0x61, count: 8_000_000)) == 8_000_000)
            let all = try await client.receiveToEnd()
            #expect(RawAnswer(head: all).status == refusal.status)
            #expect(RawAnswer(head: all)["connection"] == "close")
            #expect(all.ranges(of: "HTTP/1.1 \(refusal.status) ").count == 1)
        }
    }

    @Test func `several bad requests in one segment get one answer`() async throws {
        try await withServer(configuration: Self.configuration) { server in
            for refusal in Self.refusals {
                let client = try await server.connect()
                try await client.send(String(repeating: refusal.bytes, count: 5))
                let all = try await client.receiveToEnd()
                #expect(RawAnswer(head: all).status == refusal.status)
                #expect(all.ranges(of: "HTTP/1.1 \(refusal.status) ").count == 1, "\(all)")
            }
        }
    }

    @Test func `nothing is answered after an answer that closes`() async throws {
        try await withServer([.hello, .echo]) { server in
            for last in [
                "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /hello HTTP/1.0\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, CLOSE\r\nContent-Length: 1\r\n\r\n.",
            ] {
                let client = try await server.connect()
                try await client.send(Self.hello + last + Self.hello + "GET /\n")
                #expect(try await client.answer()["connection"] == nil)
                let answer = try await client.answer()
                #expect(answer.status == 200)
                #expect(answer["connection"] == "close")
                #expect(try await client.receiveToEnd().isEmpty)
            }
        }
    }

    @Test func `a handler may close the connection`() async throws {
        let route = Route.immediate("/last") { _ in
            Response(fields: [.connection: "Upgrade, Close"], body: .bytes([0x61]))
        }
        try await withServer([route, .hello]) { server in
            let client = try await server.connect()
            try await client.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\n" + Self.hello)
            let answer = try await client.answer()
            #expect(answer["connection"] == "close")
            #expect(answer.text == "a")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a peer that never closes its side is let go`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(linger: .milliseconds(50)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("GET /\n")
            #expect(try await client.receiveToEnd().hasPrefix("HTTP/1.1 400"))
            while server.server.connections > 0 { await Task.yield() }
        }
    }

    @Test func `a peer that never stops sending is let go`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(linger: .milliseconds(50)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("GET /\n")
            #expect(try await client.receiveToEnd().hasPrefix("HTTP/1.1 400"))
            // The rest meets a closed socket, which answers with a reset.
            while try await client.send([UInt8](repeating: 0x61, count: 100_000)) == 100_000 {}
            while server.server.connections > 0 { await Task.yield() }
        }
    }

    @Test func `the deadline of a stop does not cut off an answer that was given`() async throws {
        let large = Route.immediate("/large") { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 8000))) }
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(linger: .seconds(30)))
        try await withServer([large], configuration: configuration) { server in
            // With so little room at the client most of the answer stays with the server's kernel.
            let client = try await RawClient(server.addresses[0], receiveBuffer: 1)
            try await client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(await server.exchanges.next().isComplete)
            await server.server.stop(deadline: .zero)
            #expect(try await client.answer().body.count == 8000)
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }
}
