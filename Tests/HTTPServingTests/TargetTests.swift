import HTTPServing
import HTTPTypes
import Testing

/// What a request is for: targets of all forms, decoded once (RFC 9112 §3.2, RFC 3986 §2.4).
@Suite(.timeLimit(.minutes(1))) struct TargetTests {
    private static let routes: [Route] = [
        .hello,
        .immediate("/c/{id}") { request in
            .bytes(Array(request.parameters["id"].utf8), contentType: "text/plain")
        },
        .immediate("/authority") { request in
            .bytes(Array((request.authority ?? "none").utf8), contentType: "text/plain")
        },
        .immediate("/query") { request in
            let items = try request.queryItems().map { "[\($0.name)=\($0.value)]" }
            return .bytes(Array(items.joined().utf8), contentType: "text/plain")
        },
    ]

    @Test(
        arguments: [
            ("/c/a%2Fb", 200, "a/b"), ("/c/a%2fb", 200, "a/b"), ("/c/%252F", 200, "%2F"), ("/c/%25%32%46", 200, "%2F"),
            ("/c/%C3%A4", 200, "ä"), ("/c/a+b", 200, "a+b"), ("/c/..", 200, ".."), ("/c/%2E%2E", 200, ".."),
            ("/c/a;b=c", 200, "a;b=c"), ("/%68ello", 200, "hello\n"), ("/c/x?id=y", 200, "x"), ("/c/x?", 200, "x"),
            ("/c/%00", 400, nil), ("/c/a%00b", 400, nil), ("/c/%", 400, nil), ("/c/%4", 400, nil), ("/c/%4g", 400, nil),
            ("/c/%ff", 400, nil), ("/c/%C3", 400, nil), ("/c/%C0%AF", 400, nil), ("/c/%ED%A0%80", 400, nil),
            ("/c/../hello", 404, nil), ("/c//hello", 404, nil), ("/./hello", 404, nil), ("//hello", 404, nil),
            ("/hello/", 404, nil), ("/c/", 404, nil), ("/c%2Fx", 404, nil), ("/HELLO", 404, nil),
            ("/nowhere/%zz", 400, nil),
            ("/query?a=%2526&b=x+y&a", 200, "[a=%26][b=x y][a=]"), ("/query?a=%00", 400, nil), ("/query?%ff", 400, nil),
            ("/query?/../?", 200, "[/../?=]"), ("/query?a=%zz", 400, nil),
        ] as [(String, Int, String?)]
    )
    func `a path is split and then decoded, once`(_ target: String, _ status: Int, _ text: String?) async throws {
        try await withServer(Self.routes) { server in
            let client = try await server.connect()
            for form in [target, "http://x" + target] {
                let answer = try await client.ask("GET \(form) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer.status == status)
                if let text { #expect(answer.text == text) }
                #expect(answer["connection"] == nil)
            }
        }
    }

    @Test(arguments: [
        ("/authority", "Host: a:1\r\n", "a:1"), ("http://b:2/authority", "Host: a:1\r\n", "b:2"),
        ("HTTP://b/authority?q", "Host: a\r\n", "b"), ("https://[::1]:3/authority", "Host:\r\n", "[::1]:3"),
        ("/authority", "Host:\r\n", ""),
    ])
    func `the authority of an absolute target counts instead of Host`(
        _ target: String,
        _ host: String,
        _ authority: String
    ) async throws {
        try await withServer(Self.routes) { server in
            let client = try await server.connect()
            #expect(try await client.ask("GET \(target) HTTP/1.1\r\n\(host)\r\n").text == authority)
        }
    }

    @Test func `an absolute target does not replace Host, and HTTP/1·0 needs none`() async throws {
        try await withServer(Self.routes) { server in
            for bad in ["", "Host: a\r\nHost: a\r\n", "Host: a b\r\n", "Host: a/\r\n"] {
                let client = try await server.connect()
                #expect(try await client.ask("GET http://b/authority HTTP/1.1\r\n\(bad)\r\n").status == 400)
            }
            let client = try await server.connect()
            #expect(try await client.ask("GET /authority HTTP/1.0\r\n\r\n").text == "none")
        }
    }

    @Test func `* is for OPTIONS only`() async throws {
        try await withServer(Self.routes) { server in
            for method in ["GET", "HEAD", "POST"] {
                let client = try await server.connect()
                try await client.send("\(method) * HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.answer(toHead: true).status == 400)
            }
        }
    }
}
