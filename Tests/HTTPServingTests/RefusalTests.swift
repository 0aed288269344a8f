import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    private static let configuration = HTTPServerConfiguration(
        limits: HTTPLimits(requestLine: 64, headerCount: 10, headerBytes: 320, body: 100),
        timeouts: HTTPTimeouts(linger: .seconds(30))
    )

    @Test func `each refusal is exactly one answer, then the end`() async throws {
        try await withServer([.hello, .echo], configuration: Self.configuration) { server in
            for sample in ParserSamples.refused {
                let client = try await server.connect()
                // What follows must not be read as a request.
                try await client.send(sample.bytes + "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                let all = try await client.receiveToEnd()
                let answer = RawAnswer(head: all)
                #expect(answer.status == sample.status, "\(sample)")
                #expect(answer["connection"] == "close", "\(sample)")
                #expect(answer["content-type"] == "application/problem+json", "\(sample)")
                #expect(all.components(separatedBy: "HTTP/1.1 \(sample.status)").count == 2, "\(sample): \(all)")
                let exchange = await server.exchanges.next()
                #expect(exchange.status == sample.status)
                #expect(exchange.routeTemplate == "unmatched")
                #expect(exchange.methodLabel == "other")
            }
        }
    }

    @Test func `an answer before a refusal is whole`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /\n")
            let first = try await client.answer()
            #expect(first.status == 200)
            #expect(first["connection"] == nil)
            let second = try await client.answer()
            #expect(second.status == 400)
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a client that goes on sending still gets the refusal`() async throws {
        try await withServer([.echo], configuration: Self.configuration) { server in
            let client = try await server.connect()
            try await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n")
            // More than any socket buffer holds: without draining, closing would reset the connection and lose the answer.
            #expect(try await client.send([UInt8](repeating: 0x61, count: 4_000_000)) == 4_000_000)
            #expect(try await client.answer().status == 413)
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `the body of a refused expectation is never asked for`() async throws {
        let gate: @Sendable (Request) throws -> Void = { _ in
            throw Problem(status: .unauthorized, detail: "who are you", fields: [.wwwAuthenticate: "Bearer"])
        }
        try await withServer([.echo], gate: gate) { server in
            let client = try await server.connect()
            let head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
            let answer = try await client.ask(head)
            #expect(answer.status == 401)
            #expect(answer["www-authenticate"] == "Bearer")
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
            let other = try await server.connect()
            #expect(try await other.ask(head.replacing("/echo", with: "/nowhere")).status == 404)
            #expect(try await other.receiveToEnd().isEmpty)
        }
    }

    @Test func `a client that waits for 100 gets it`() async throws {
        try await withServer([.echo]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                try await client.send(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
                )
                #expect(try await client.answer().statusLine == "HTTP/1.1 100 Continue")
                #expect(try await client.ask("hello").text == "hello")
            }
        }
    }
}
