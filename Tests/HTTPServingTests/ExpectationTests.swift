import HTTPServing
import HTTPTypes
import Testing

/// `Expect: 100-continue` (RFC 9110 §10.1.1).
@Suite(.timeLimit(.minutes(1))) struct ExpectationTests {
    private static func head(_ fields: String..., version: String = "1.1", path: String = "/echo") -> String {
        "POST \(path) HTTP/\(version)\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    @Test func `who waits for 100 gets it, then the answer`() async throws {
        try await withServer([.echo]) { server in
            let client = try await server.connect()
            for framing in ["Content-Length: 5", "Transfer-Encoding: chunked"] {
                try await client.send(Self.head("Expect: 100-Continue", framing))
                let interim = try await client.answer()
                #expect(interim.statusLine == "HTTP/1.1 100 Continue")
                #expect(interim.fields.isEmpty)
                let body = framing.hasPrefix("C") ? "hello" : "5\r\nhello\r\n0\r\n\r\n"
                #expect(try await client.ask(body).text == "hello")
            }
        }
    }

    @Test func `who has no body to send waits for nothing`() async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            #expect(try await client.ask(Self.head("Expect: 100-continue", "Content-Length: 0")).status == 200)
            #expect(try await client.ask(Self.head("Expect: 100-continue")).status == 200)
        }
    }

    @Test func `HTTP/1·0 never gets 100`() async throws {
        try await withServer([.echo]) { server in
            let client = try await server.connect()
            try await client.send(Self.head("Expect: 100-continue", "Content-Length: 5", version: "1.0"))
            #expect(try await client.isQuiet(for: .milliseconds(30)))
            #expect(try await client.ask("hello").text == "hello")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test(
        arguments: [
            (["Content-Length: 101"], "/echo", 413), (["Content-Length: 5"], "/nowhere", 404),
            (["Content-Length: 5"], "/hello", 405), (["Content-Length: 5", "Expect: more"], "/echo", 417),
            (["Content-Length: 5", "Content-Length: 5"], "/echo", 400),
            (["Content-Length: 5", "Transfer-Encoding: chunked"], "/echo", 400),
            (["Transfer-Encoding: gzip, chunked"], "/echo", 501),
        ] as [([String], String, Int)]
    )
    func `what will not be taken is refused before its body`(
        _ fields: [String],
        _ path: String,
        _ status: Int
    ) async throws {
        let configuration = HTTPServerConfiguration(limits: HTTPLimits(body: 100))
        try await withServer([.echo, .hello], configuration: configuration) { server in
            let client = try await server.connect()
            let lines = (["Expect: 100-continue"] + fields).map { $0 + "\r\n" }.joined()
            try await client.send("POST \(path) HTTP/1.1\r\nHost: x\r\n\(lines)\r\n")
            let answer = try await client.answer()
            #expect(answer.status == status)
            // The client may send its body nevertheless, so the connection cannot go on.
            #expect(answer["connection"] == "close")
            try await client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a body beyond the limit is refused after 100 too`() async throws {
        let configuration = HTTPServerConfiguration(limits: HTTPLimits(body: 100))
        try await withServer([.echo], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.head("Expect: 100-continue", "Transfer-Encoding: chunked"))
            #expect(try await client.answer().status == 100)
            let answer = try await client.ask("65\r\n")
            #expect(answer.status == 413)
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a body sent without waiting is taken`() async throws {
        try await withServer([.echo]) { server in
            let client = try await server.connect()
            try await client.send(Self.head("Expect: 100-continue", "Content-Length: 5") + "hello")
            var answer = try await client.answer()
            // RFC 9110 §10.1.1: who has seen a part of the body may leave 100 out.
            if answer.status == 100 { answer = try await client.answer() }
            #expect(answer.text == "hello")
        }
    }

    @Test func `the gate is asked once`() async throws {
        let asked = EventStream<String>()
        try await withServer([.echo], gate: { asked.tell($0.routeTemplate) }) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                try await client.send(Self.head("Expect: 100-continue", "Content-Length: 5"))
                #expect(try await client.answer().status == 100)
                #expect(try await client.ask("hello").text == "hello")
                _ = try await client.ask(Self.head("Content-Length: 0"))
            }
            for _ in 0..<4 { #expect(await asked.next() == "/echo") }
            #expect(asked.isEmpty)
        }
    }
}
