import HTTPServing
import HTTPTypes
import Locking
import Testing

@Suite(.timeLimit(.minutes(1))) struct HandlerTests {
    private struct Secret: Error, CustomStringConvertible {
        var description: String { "password" }
    }

    @Test func `a connection is kept for several requests`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            for _ in 0..<3 {
                let answer = try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == 200)
                #expect(answer.text == "hello\n")
                #expect(answer["date"]?.hasSuffix("GMT") == true)
                #expect(answer["connection"] == nil)
            }
        }
    }

    @Test func `errors become problems, and unknown ones tell nothing`() async throws {
        let problem = Problem(
            type: "/problems/stale",
            title: "Stale",
            status: .conflict,
            detail: "a \"quoted\"\n\u{1} text",
            instance: "/x",
            fields: [.retryAfter: "3"],
            extensions: [("oldest_sequence", "12")]
        )
        let routes = [
            Route(.get, "/at-once", id: "1", summary: "", handler: .immediate { _ in throw problem }),
            Route.asynchronous("/later") { _ in throw problem },
            Route(.get, "/unknown", id: "2", summary: "", handler: .immediate { _ in throw Secret() }),
            Route.asynchronous("/unknown-later") { _ in throw Secret() },
        ]
        try await withServer(routes) { server in
            let client = try await server.connect()
            for path in ["/at-once", "/later"] {
                let answer = try await client.ask("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == 409)
                #expect(answer["retry-after"] == "3")
                #expect(answer["content-type"] == "application/problem+json")
                #expect(
                    answer.text
                        == #"{"type":"/problems/stale","title":"Stale","status":409,"detail":"a \"quoted\"\n\u0001 text","#
                        + #""instance":"/x","oldest_sequence":"12"}"# + "\n"
                )
            }
            for path in ["/unknown", "/unknown-later"] {
                let answer = try await client.ask("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == 500)
                #expect(!answer.text.contains("password"))
            }
        }
    }

    @Test func `a route's gate sees each request before its handler, and may answer`() async throws {
        let gate: @Sendable (Request) throws -> Void = { request in
            guard request[.authorization] != nil else {
                throw Problem(status: .unauthorized, detail: "for \(request.routeTemplate)")
            }
        }
        try await withServer([.hello], gate: gate) { server in
            let client = try await server.connect()
            let refused = try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(refused.status == 401)
            #expect(refused.text.contains("for /hello"))
            #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\n\r\n").status == 200)
            #expect(try await client.ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").status == 404)
        }
    }

    @Test(arguments: ["", "Expect: 100-continue\r\n"])
    func `a handler learns whom the gate let through`(expectation: String) async throws {
        struct Somebody: Caller {
            let name: String
        }
        let route = Route(
            .post,
            "/me",
            id: "me",
            summary: "",
            handler: .immediate { request in
                .bytes(Array(((request.caller as? Somebody)?.name ?? "nobody").utf8), contentType: "text/plain")
            }
        ).behind { request in request[.authorization].map(Somebody.init(name:)) }
        try await withServer([route]) { server in
            let client = try await server.connect()
            for name in ["ada", "nobody", "bob"] {
                let fields = (name == "nobody" ? "" : "Authorization: \(name)\r\n") + expectation
                try await client.send("POST /me HTTP/1.1\r\nHost: x\r\n\(fields)Content-Length: 1\r\n\r\n")
                if !expectation.isEmpty { #expect(try await client.answer().status == 100) }
                #expect(try await client.ask("x").text == name)
            }
        }
    }

    @Test func `what is at hand is answered in place, and a task is asked for the rest`() async throws {
        let isKnown = Locked(false)
        let route = Route(
            .get,
            "/r",
            id: "r",
            summary: "",
            handler: .atHand { _ in
                isKnown.withLock(\.self) ? .bytes(Array("known".utf8), contentType: "text/plain") : nil
            } otherwise: { _ in
                isKnown.withLock { $0 = true }
                return .bytes(Array("made".utf8), contentType: "text/plain")
            }
        )
        let broken = Route(
            .get,
            "/broken",
            id: "broken",
            summary: "",
            handler: .atHand { _ in
                throw Problem(status: .gone, detail: "")
            } otherwise: { _ in
                Response()
            }
        )
        try await withServer([route, broken]) { server in
            let client = try await server.connect()
            for expected in ["made", "known", "known"] {
                #expect(try await client.ask("GET /r HTTP/1.1\r\nHost: x\r\n\r\n").text == expected)
            }
            #expect(try await client.ask("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n").status == 410)
        }
    }

    @Test func `exchanges are told with the template, never the path`() async throws {
        let route = Route(
            .get,
            "/links/{name}",
            id: "link",
            summary: "",
            handler: .immediate { _ in Response(status: .gone) }
        )
        try await withServer([route]) { server in
            let client = try await server.connect()
            _ = try await client.ask("HEAD /links/x HTTP/1.1\r\nHost: x\r\n\r\n")
            let exchange = await server.exchanges.next()
            #expect(exchange.method == .head)
            #expect(exchange.methodLabel == "HEAD")
            #expect(exchange.routeTemplate == "/links/{name}")
            #expect(exchange.status == 410)
            #expect(exchange.bytesSent > 40)
            #expect(exchange.duration >= .zero)
            #expect(exchange.isComplete)
            _ = try await client.ask("FROB / HTTP/1.1\r\nHost: x\r\n\r\n")
            let other = await server.exchanges.next()
            #expect(other.methodLabel == "other")
            #expect(other.routeTemplate == "unmatched")
        }
    }

    @Test func `statuses without a body have neither body nor length`() async throws {
        let route = Route(
            .get,
            "/",
            id: "r",
            summary: "",
            handler: .immediate { _ in Response(status: .noContent, body: .bytes([1, 2, 3])) }
        )
        try await withServer([route, .hello]) { server in
            let client = try await server.connect()
            let answer = try await client.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.status == 204)
            #expect(answer["content-length"] == nil)
            #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
        }
    }

    @Test func `HTTP/1·0 is kept only when asked`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            let kept = try await client.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(kept["connection"] == "keep-alive")
            let last = try await client.ask("GET /hello HTTP/1.0\r\n\r\n")
            #expect(last["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `OPTIONS and targets of all forms are answered`() async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            #expect(
                try await client.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")["allow"] == "GET, HEAD, OPTIONS, POST"
            )
            #expect(try await client.ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n")["allow"] == "OPTIONS, POST")
            #expect(try await client.ask("GET http://y/hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
            let wrong = try await client.ask("PUT /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(wrong.status == 405)
            #expect(wrong["allow"] == "GET, HEAD, OPTIONS")
            #expect(wrong["content-type"] == "application/problem+json")
        }
    }
}
