import HTTPServing
import HTTPTypes
import Testing

/// HEAD, OPTIONS, and methods that a resource or the server does not have (RFC 9110 §9, §15.5.6, §15.6.2).
@Suite(.timeLimit(.minutes(1))) struct MethodTests {
    private static let routes: [Route] = [
        .hello, .echo,
        .immediate("/large") { _ in
            .representation(
                Representation(
                    contentType: "text/plain",
                    body: Array(String(repeating: "large ", count: 10_000).utf8)
                )
            )
        },
        .immediate("/empty") { _ in Response() },
        .immediate("/none") { _ in Response(status: .noContent) },
        .immediate("/gone") { _ in throw Problem(status: .gone, detail: "it was here") },
        .immediate("/broken") { _ in throw ConnectionBroken() },
        .asynchronous("/later") { _ in .bytes(Array("later".utf8), contentType: "text/plain") },
        .asynchronous("/stream") { _ in
            Response(body: .stream(contentLength: 3) { try await $0.write(Array("abc".utf8)) })
        },
        .asynchronous("/chunks") { _ in Response(body: .stream { try await $0.write(Array("abc".utf8)) }) },
    ]

    private struct ConnectionBroken: Error {}

    @Test func `HEAD has every field of GET and no body, whatever the answer`() async throws {
        let paths = [
            "/hello", "/large", "/empty", "/none", "/gone", "/broken", "/later", "/stream", "/chunks", "/nowhere",
            "/%00",
        ]
        try await withServer(Self.routes) { server in
            let client = try await server.connect()
            for path in paths {
                for field in ["Accept: */*", "Accept-Encoding: gzip", "If-None-Match: *", "If-Match: \"other\""] {
                    let rest = " \(path) HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n"
                    let get = try await client.ask("GET" + rest)
                    // A body would be read as the next answer.
                    let head = try await client.ask("HEAD" + rest)
                    #expect(head.statusLine == get.statusLine, "\(path) \(field)")
                    #expect(described(head) == described(get), "\(path) \(field)")
                }
            }
        }
    }

    /// The fields as they came, but for the time.
    private func described(_ answer: RawAnswer) -> [String] {
        answer.fields.map { $0.name == "date" ? "date" : "\($0.name): \($0.value)" }
    }

    @Test func `HEAD to HTTP/1·0 ends without a body too`() async throws {
        try await withServer(Self.routes) { server in
            for path in ["/hello", "/stream", "/chunks"] {
                let client = try await server.connect()
                try await client.send("HEAD \(path) HTTP/1.0\r\n\r\n")
                let answer = try await client.answer(toHead: true)
                #expect(answer.status == 200)
                #expect(answer["transfer-encoding"] == nil)
                #expect(try await client.receiveToEnd().isEmpty)
            }
        }
    }

    /// RFC 9110 §9.3.2: no content in an answer to HEAD, also where the request is refused but its method could be read.
    @Test(arguments: [
        ("HEAD /hello HTTP/1.1\r\n\r\n", 400), ("HEAD /hello HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
        ("HEAD hello HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("HEAD /hello HTTP/3.0\r\nHost: x\r\n\r\n", 505),
        ("HEAD /hello HTTP/1.1\r\nHost: x\r\nExpect: pony\r\n\r\n", 417),
        ("HEAD /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", 413),
        ("HEAD /hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
        ("HEAD /hello HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 40_000) + "\r\n\r\n", 431),
        ("HEAD /hello HTTP/1.1\r\nHost: x\r\n", 408), ("\r\nHEAD /hello HTTP/1.1\r\nHost: x\r\nA\r\n\r\n", 400),
        ("HEAD /" + String(repeating: "a", count: 9000), 414),
    ])
    func `a refused HEAD has no body either`(_ request: String, _ status: Int) async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(head: .milliseconds(200)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(request)
            let answer = try await client.answer(toHead: true)
            #expect(answer.status == status)
            #expect(answer["connection"] == "close")
            #expect(answer["content-length"].flatMap(Int.init) ?? 1 > 0)
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a HEAD beyond the limit on connections has no body either`() async throws {
        let configuration = HTTPServerConfiguration(
            limits: HTTPLimits(connections: 0),
            timeouts: HTTPTimeouts(linger: .seconds(30))
        )
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            let answer = try await client.ask("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.status == 503)
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `OPTIONS tells what a resource allows, and what the server does`() async throws {
        try await withServer([.hello, .echo, .immediate("/hello", .put) { _ in Response() }]) { server in
            let client = try await server.connect()
            for (target, allow) in [
                ("*", "GET, HEAD, OPTIONS, POST, PUT"), ("/hello", "GET, HEAD, OPTIONS, PUT"),
                ("/echo", "OPTIONS, POST"), ("http://x/echo?a", "OPTIONS, POST"),
            ] {
                let answer = try await client.ask("OPTIONS \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == 204)
                #expect(answer["allow"] == allow)
                #expect(answer["content-length"] == nil)
            }
            #expect(try await client.ask("OPTIONS /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").status == 404)
        }
    }

    @Test func `a method the resource does not have is 405 with Allow, one nobody has is 501`() async throws {
        try await withServer([.hello, .echo]) { server in
            let client = try await server.connect()
            for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
                let answer = try await client.ask("\(method) /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == 405)
                #expect(answer["allow"] == "GET, HEAD, OPTIONS")
                #expect(answer["content-type"] == "application/problem+json")
            }
            // Methods are case-sensitive (RFC 9110 §9.1).
            for method in ["get", "Get", "FROB", "PROPFIND"] {
                let answer = try await client.ask("\(method) /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n.")
                #expect(answer.status == 501)
            }
            #expect(try await client.ask("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n").status == 405)
            #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
        }
    }
}
