import HTTPServing
import HTTPTypes
import Testing

/// Codings on the wire: of content as the client prefers (RFC 9110 §12.5.3), and of the transfer of requests (RFC 9112 §7).
@Suite(.timeLimit(.minutes(1))) struct CodingTests {
    private static let text = String(repeating: "{\"link_name\":\"orders-dr\"},", count: 100)

    private static let resource = Route.immediate("/r") { _ in
        .representation(Representation(contentType: "application/json", body: Array(text.utf8), etag: "v1"))
    }

    @Test(
        arguments: [
            (nil, 200, nil), ("", 200, nil), ("gzip", 200, "gzip"), ("x-gzip", 200, "gzip"), ("GZip", 200, "gzip"),
            ("*", 200, "gzip"), ("deflate, br, gzip", 200, "gzip"), ("br", 200, nil), ("identity", 200, nil),
            ("gzip;q=0", 200, nil), ("gzip;q=0.000", 200, nil), ("gzip;q=0.001", 200, "gzip"),
            ("gzip ; q=1", 200, "gzip"),
            ("gzip;q=1.000", 200, "gzip"), ("gzip;q=0.5, identity", 200, nil),
            ("gzip;q=0.5, identity;q=0.4", 200, "gzip"),
            ("gzip;q=1.1", 200, nil), ("gzip;q=x", 200, nil), ("gzip;q=0.0001", 200, nil), ("gzip;q=-1", 200, nil),
            ("identity;q=0", 406, nil), ("*;q=0", 406, nil), ("identity;q=0, br", 406, nil),
            ("gzip;q=0, *;q=0", 406, nil),
            ("*;q=0, gzip", 200, "gzip"), ("identity;q=0, gzip;q=0.1", 200, "gzip"),
            ("*;q=0, identity;q=0.1", 200, nil),
            ("br\r\nAccept-Encoding: gzip", 200, "gzip"), (", ,gzip,", 200, "gzip"),
        ] as [(String?, Int, String?)]
    )
    func `content is coded as the client prefers`(_ field: String?, _ status: Int, _ coding: String?) async throws {
        try await withServer([Self.resource]) { server in
            let client = try await server.connect()
            let line = field.map { "Accept-Encoding: \($0)\r\n" } ?? ""
            for method in ["GET", "HEAD"] {
                let answer = try await client.ask("\(method) /r HTTP/1.1\r\nHost: x\r\n\(line)\r\n")
                #expect(answer.status == status)
                #expect(answer["content-encoding"] == coding)
                guard status == 200 else { continue }
                #expect(answer["etag"] == (coding == nil ? "\"v1\"" : "\"v1-gzip\""))
                // Whatever was chosen, the choice was the field's (§12.5.5).
                #expect(answer["vary"] == "Accept-Encoding")
                #expect((answer["content-length"].flatMap(Int.init) == Self.text.utf8.count) == (coding == nil))
            }
        }
    }

    private static func chunked(_ body: String) -> String {
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
    }

    @Test(arguments: [
        ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"), ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("0005\r\nhello\r\n000\r\n\r\n", "hello"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("1;a=\"q;\\\" 5\"\r\nx\r\n0;last\r\n\r\n", "x"), ("1 ;a\r\nx\r\n0\r\n\r\n", "x"),
        ("1\r\nx\r\n0\r\nX-Sum: 1\r\nX-Other:\r\n\r\n", "x"),
        ("1\r\nx\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: gzip\r\nHost: y\r\n\r\n", "x"),
    ])
    func `a body in chunks is put together, and what comes with it left out`(_ wire: String, _ body: String)
        async throws
    {
        try await withServer([.echo, .hello]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                // What follows is read from the right place on.
                try await client.send(Self.chunked(wire) + "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.answer().text == body)
                #expect(try await client.answer().text == "hello\n")
            }
        }
    }
}
