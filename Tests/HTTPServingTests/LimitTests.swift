import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct LimitTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(arguments: ["GET /he", "GET / HTTP/1.1\r\nHost: x\r\n"])
    func `a head that does not come is timed out`(_ start: String) async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(head: .milliseconds(60)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(start)
            let answer = try await client.answer()
            #expect(answer.status == 408)
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a body that does not come is timed out`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(body: .milliseconds(60)))
        try await withServer([.echo], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")
            let answer = try await client.answer()
            #expect(answer.status == 408)
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `bytes that dribble gain no time`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(head: .milliseconds(150)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("GET /hello HTTP/1.1\r\n")
            // The time-out is far shorter than a hundred such pauses.
            var lines = 0
            while lines < 90, try await client.isQuiet(for: .milliseconds(5)) {
                try await client.send("X: y\r\n")
                lines += 1
            }
            #expect(try await client.answer().status == 408)
        }
    }

    @Test func `an idle connection is closed without a word`() async throws {
        // Long enough for a busy machine to get a request across.
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(idle: .seconds(1)))
        try await withServer(configuration: configuration) { server in
            let silent = try await server.connect()
            let client = try await server.connect()
            try await client.send(Self.hello)
            #expect(try await client.receiveToEnd().hasSuffix("hello\n"))
            #expect(try await silent.receiveToEnd().isEmpty)
        }
    }

    @Test func `a reader that does not read is reset`() async throws {
        let large = Route(
            .get,
            "/large",
            id: "large",
            summary: "",
            handler: .immediate { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 16_000_000))) }
        )
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(write: .milliseconds(80)))
        try await withServer([large], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            let exchange = await server.exchanges.next()
            #expect(!exchange.isComplete)
            #expect(exchange.status == 200)
            #expect(exchange.bytesSent < 16_000_000)
            await #expect(throws: RawClient.Failure.reset) { _ = try await client.receiveToEnd() }
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

    @Test(arguments: [HTTPLimits(connections: 2), HTTPLimits(connectionsPerAddress: 2)])
    func `a connection too many is told when to come back`(_ limits: HTTPLimits) async throws {
        let configuration = HTTPServerConfiguration(limits: limits, retryAfter: .seconds(7))
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
            #expect(try await third.receiveToEnd().isEmpty)
            // A place that becomes free is given away.
            try await first.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            _ = try await first.receiveToEnd()
            first.reset()
            try await untilServed(server)
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
