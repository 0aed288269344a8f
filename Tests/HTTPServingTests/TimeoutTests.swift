import Foundation
import HTTPServing
import HTTPTypes
import Testing

/// What the server waits for, and how long.
@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let post = "POST /echo HTTP/1.1\r\nHost: x\r\n"

    private func withTimeouts(
        _ timeouts: HTTPTimeouts,
        _ routes: [Route] = [.hello, .echo],
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await withServer(routes, configuration: HTTPServerConfiguration(timeouts: timeouts), body)
    }

    private func expectTimeout(_ client: RawClient) async throws {
        let answer = try await client.answer()
        #expect(answer.status == 408)
        #expect(answer["connection"] == "close")
        #expect(answer["content-type"] == "application/problem+json")
        #expect(try await client.receiveToEnd().isEmpty)
    }

    @Test(arguments: [
        "G", "GET /he", "GET / HTTP/1.1\r\nHost: x\r\n", "\r", "\r\nG", hello + "G",
        post + "Content-Length: 2\r\n\r\nhiG",
    ])
    func `a head that does not come is timed out`(_ start: String) async throws {
        try await withTimeouts(HTTPTimeouts(head: .milliseconds(60))) { server in
            let client = try await server.connect()
            try await client.send(start)
            if start.contains("\r\n\r\n") { #expect(try await client.answer().status == 200) }
            try await expectTimeout(client)
        }
    }

    @Test(arguments: [
        "Content-Length: 5\r\n\r\n", "Content-Length: 5\r\n\r\nhell", "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n",
    ])
    func `a body that does not come is timed out`(_ rest: String) async throws {
        try await withTimeouts(HTTPTimeouts(body: .milliseconds(60))) { server in
            let client = try await server.connect()
            try await client.send(Self.post + rest)
            try await expectTimeout(client)
        }
    }

    @Test func `a body that was asked for with 100 is timed out`() async throws {
        try await withTimeouts(HTTPTimeouts(body: .milliseconds(60))) { server in
            let client = try await server.connect()
            try await client.send(Self.post + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try await client.answer().status == 100)
            try await expectTimeout(client)
        }
    }

    @Test(arguments: [
        ("GET /hello HTTP/1.1\r\n", "X: y\r\n"), (post + "Content-Length: 10000\r\n\r\n", "a"),
        (post + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
        (post + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n"), ("G", "E"),
    ])
    func `bytes that dribble gain no time`(_ start: String, _ drop: String) async throws {
        let configuration = HTTPServerConfiguration(
            limits: HTTPLimits(headerCount: 10_000, headerBytes: 100_000),
            timeouts: HTTPTimeouts(head: .milliseconds(150), body: .milliseconds(150))
        )
        try await withServer([.hello, .echo], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(start)
            // The time-out is far shorter than so many pauses, however busy the machine.
            var drops = 0
            while drops < 2000, try await client.isQuiet(for: .milliseconds(5)) {
                try await client.send(drop)
                drops += 1
            }
            #expect(drops < 2000)
            #expect(try await client.answer().status == 408)
        }
    }

    @Test func `a handler and a silent stream take the time they take`() async throws {
        let steps = EventStream<Void>()
        let later = Route.asynchronous("/later") { _ in
            await steps.next()
            return Response(
                body: .stream { writer in
                    for text in ["one", "two"] {
                        try await writer.write(Array(text.utf8))
                        await steps.next()
                    }
                }
            )
        }
        let short = Duration.milliseconds(100)
        try await withTimeouts(
            HTTPTimeouts(head: short, body: short, idle: .seconds(30), write: short, linger: short, halfClosed: short),
            [later]
        ) { server in
            let client = try await server.connect()
            try await client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.isQuiet(for: .milliseconds(300)))
            steps.tell(())
            #expect(try await client.receive(through: "3\r\none\r\n").hasPrefix("HTTP/1.1 200"))
            #expect(try await client.isQuiet(for: .milliseconds(300)))
            steps.tell(())
            #expect(try await client.receive(through: "3\r\ntwo\r\n") == "3\r\ntwo\r\n")
            #expect(try await client.isQuiet(for: .milliseconds(300)))
            steps.tell(())
            #expect(try await client.receive(through: "0\r\n\r\n") == "0\r\n\r\n")
        }
    }
}
