import HTTPServing
import HTTPTypes
import Testing

/// How long a connection lasts (RFC 9112 §9.3), and several requests on one (§9.3.2).
@Suite(.timeLimit(.minutes(1))) struct PersistenceTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(
        arguments: [
            ("1.1", nil, true, nil), ("1.1", "keep-alive", true, nil), ("1.1", "foo,, Bar", true, nil),
            ("1.1", "close", false, "close"), ("1.1", "CLOSE", false, "close"),
            ("1.1", "keep-alive, close", false, "close"),
            ("1.1", "close\r\nConnection: keep-alive", false, "close"), ("1.1", "\"close\"", true, nil),
            ("1.1", "closed", true, nil), ("1.7", nil, true, nil),
            ("1.0", nil, false, "close"), ("1.0", "keep-alive", true, "keep-alive"),
            ("1.0", "Keep-Alive", true, "keep-alive"),
            ("1.0", "foo , keep-alive", true, "keep-alive"), ("1.0", "keep-alive, close", false, "close"),
            ("1.0", "foo", false, "close"),
        ] as [(String, String?, Bool, String?)]
    )
    func `a connection lasts as both sides say`(
        _ version: String,
        _ option: String?,
        _ lasts: Bool,
        _ announced: String?
    ) async throws {
        try await withServer { server in
            let client = try await server.connect()
            let field = option.map { "Connection: \($0)\r\n" } ?? ""
            let answer = try await client.ask("GET /hello HTTP/\(version)\r\nHost: x\r\n\(field)\r\n")
            // RFC 9112 §2.3: the version is the server's own, whatever the client speaks.
            #expect(answer.statusLine == "HTTP/1.1 200 OK")
            #expect(answer["connection"] == announced)
            if lasts {
                #expect(try await client.ask(Self.hello).text == "hello\n")
            } else {
                #expect(try await client.receiveToEnd().isEmpty)
            }
        }
    }

    @Test func `an error does not end a connection whose framing is whole`() async throws {
        let routes = [
            Route.hello, .immediate("/gone") { _ in throw Problem(status: .gone, detail: "") },
            .asynchronous("/later") { _ in throw Problem(status: .conflict, detail: "") },
        ]
        try await withServer(routes) { server in
            let client = try await server.connect()
            for (path, status) in [("/nowhere", 404), ("/%zz", 400), ("/gone", 410), ("/later", 409)] {
                let answer = try await client.ask("GET \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
                #expect(answer.status == status)
                #expect(answer["connection"] == nil)
                #expect(answer["date"]?.hasSuffix(" GMT") == true)
            }
            #expect(try await client.ask(Self.hello).status == 200)
        }
    }

    @Test func `a hundred requests in one segment are answered in their order`() async throws {
        let index = Route.immediate("/index/{index}") { .bytes(Array($0.parameters["index"].utf8), contentType: "a/b") }
        let later = Route.asynchronous("/later/{index}") { request in
            await Task.yield()
            return .bytes(Array(request.parameters["index"].utf8), contentType: "a/b")
        }
        let stream = Route.asynchronous("/stream/{index}") { request in
            Response(body: .stream { try await $0.write(Array(request.parameters["index"].utf8)) })
        }
        try await withServer([index, later, stream]) { server in
            let client = try await server.connect()
            let paths = ["index", "later", "stream"]
            let requests = (0..<100).map { "GET /\(paths[$0 % 3])/\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }
            try await client.send(requests.joined())
            for index in 0..<100 { #expect(try await client.answer().text == "\(index)") }
            #expect(try await client.isQuiet(for: .milliseconds(1)))
        }
    }

    @Test func `every method's answer leaves the connection at the next request`() async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            let requests: [(text: String, status: Int)] = [
                ("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n", 200),
                (
                    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
                    200
                ),
                ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204),
                ("\r\nGET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", 200),
                ("DELETE /hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 405),
            ]
            for _ in 0..<3 {
                try await client.send(requests.map(\.text).joined())
                for request in requests {
                    let answer = try await client.answer(toHead: request.text.hasPrefix("HEAD"))
                    #expect(answer.status == request.status, "\(request.text)")
                }
            }
        }
    }
}
