import HTTPServing
import HTTPTypes
import Testing

/// Conditional requests (RFC 9110 §13) on the forms of one representation.
@Suite(.timeLimit(.minutes(1))) struct ConditionalTests {
    private static let text = String(repeating: "{\"link_name\":\"orders-dr\"},", count: 100)

    private static let resource = Route.immediate("/r") { _ in
        .representation(
            Representation(
                contentType: "application/json",
                body: Array(text.utf8),
                etag: "v1",
                extraFields: [.cacheControl: "max-age=5", .contentLocation: "/r/1"]
            )
        )
    }

    private func expect(_ table: [(fields: String, status: Int)], adding coding: String = "") async throws {
        try await withServer([Self.resource]) { server in
            let client = try await server.connect()
            for (fields, status) in table {
                let lines = ([coding] + fields.split(separator: "|").map(String.init)).filter { !$0.isEmpty }
                let rest = " /r HTTP/1.1\r\nHost: x\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
                let get = try await client.ask("GET" + rest)
                #expect(get.status == status, "\(coding) \(fields)")
                // HEAD is as conditional as GET (§13.1.2).
                #expect(try await client.ask("HEAD" + rest).status == status, "\(coding) \(fields)")
            }
        }
    }

    @Test func `If-None-Match compares weakly, in lists and in several lines`() async throws {
        try await expect([
            ("If-None-Match: \"v1\"", 304), ("If-None-Match: W/\"v1\"", 304), ("If-None-Match: \"v0\", \"v1\"", 304),
            ("If-None-Match: \"v0\" ,W/\"v1\",\"v2\"", 304), ("If-None-Match: ,, \"v1\" ,", 304),
            ("If-None-Match: \"a,b\", \"v1\"", 304), ("If-None-Match: \"v0\"|If-None-Match: \"v1\"", 304),
            ("If-None-Match: *", 304), ("If-None-Match: \t* ", 304), ("if-none-match: \"v1\"", 304),
            ("If-None-Match: \"v0\"", 200), ("If-None-Match: \"V1\"", 200), ("If-None-Match: v1", 200),
            ("If-None-Match: \"v1", 200), ("If-None-Match: w/\"v1\"", 200), ("If-None-Match:", 200),
            ("If-None-Match: \"v1-gzip\"", 200), ("If-None-Match: \"v0\", *", 200), ("If-None-Match: \"\"", 200),
        ])
    }

    @Test func `the tag of the form that would be sent counts`() async throws {
        try await expect(
            [
                ("If-None-Match: \"v1-gzip\"", 304), ("If-None-Match: W/\"v1-gzip\"", 304),
                ("If-None-Match: \"v1\", \"v1-gzip\"", 304), ("If-None-Match: *", 304), ("If-None-Match: \"v1\"", 200),
                ("If-Match: \"v1-gzip\"", 200), ("If-Match: \"v1\"", 412),
            ],
            adding: "Accept-Encoding: gzip"
        )
    }

    @Test func `If-Match compares strongly and goes first`() async throws {
        try await expect([
            ("If-Match: \"v1\"", 200), ("If-Match: \"v0\", \"v1\"", 200), ("If-Match: *", 200),
            ("If-Match: W/\"v1\"", 412), ("If-Match: \"v0\"", 412), ("If-Match:", 412),
            ("If-Match: \"v1\"|If-None-Match: \"v1\"", 304), ("If-Match: \"v0\"|If-None-Match: \"v1\"", 412),
        ])
    }

    /// §13.1.3, §13.1.4: without a date of modification they are ignored; §14.2: a server may ignore Range.
    @Test func `conditions on dates and ranges change nothing`() async throws {
        let past = "Sun, 06 Nov 1994 08:49:37 GMT"
        try await expect([
            ("If-Modified-Since: \(past)", 200), ("If-Unmodified-Since: \(past)", 200),
            ("If-Modified-Since: Sat, 01 Jan 2500 00:00:00 GMT", 200),
            ("If-None-Match: \"v1\"|If-Modified-Since: \(past)", 304),
            ("Range: bytes=0-1", 200), ("Range: bytes=0-1|If-Range: \"v1\"", 200),
        ])
    }

    /// §15.4.5.
    @Test func `a 304 has the fields a 200 would have but those of the body`() async throws {
        try await withServer([Self.resource]) { server in
            let client = try await server.connect()
            for coding in ["Accept: */*", "Accept-Encoding: gzip"] {
                let rest = " /r HTTP/1.1\r\nHost: x\r\n\(coding)\r\n"
                let whole = try await client.ask("GET" + rest + "\r\n")
                for method in ["GET", "HEAD"] {
                    let answer = try await client.ask(method + rest + "If-None-Match: *\r\n\r\n")
                    #expect(answer.status == 304)
                    for name in ["etag", "vary", "cache-control", "content-location"] {
                        #expect(answer[name] == whole[name])
                        #expect(answer[name] != nil)
                    }
                    #expect(answer["date"] != nil)
                    for name in ["content-length", "content-type", "content-encoding", "transfer-encoding"] {
                        #expect(answer[name] == nil)
                    }
                }
            }
        }
    }

    /// §13.2.1: conditions are about answers that would be a 200 without them.
    @Test func `an answer other than 200 is not conditional`() async throws {
        let made = Representation(contentType: "text/plain", body: Array("made".utf8), etag: "v1")
        let routes: [Route] = [
            .immediate("/made") { _ in Response(status: .created, body: .representation(made)) },
            .immediate("/gone") { _ in throw Problem(status: .gone, detail: "") },
        ]
        try await withServer(routes) { server in
            let client = try await server.connect()
            for (path, status) in [("/made", 201), ("/gone", 410), ("/nowhere", 404)] {
                let answer = try await client.ask(
                    "GET \(path) HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nIf-Match: \"x\"\r\n\r\n"
                )
                #expect(answer.status == status)
            }
        }
    }
}
