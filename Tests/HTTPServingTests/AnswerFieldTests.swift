import Foundation
import HTTPServing
import HTTPTypes
import Testing

/// What every answer has, whatever it is about.
@Suite(.timeLimit(.minutes(1))) struct AnswerFieldTests {
    private static let routes: [Route] = [
        .hello, .echo,
        .immediate("/same") { _ in
            .representation(Representation(contentType: "text/plain", body: Array("same".utf8), etag: "v1"))
        },
        .immediate("/broken") { _ in throw CocoaError(.featureUnsupported) },
        .asynchronous("/stream") { _ in Response(body: .stream { try await $0.write([0x61]) }) },
    ]

    private static let requests: [(text: String, status: Int)] = [
        ("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", 200), ("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        ("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n", 200), ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204),
        ("GET /same HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n", 304),
        ("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("PUT /hello HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        ("GET /same HTTP/1.1\r\nHost: x\r\nIf-Match: \"v0\"\r\n\r\n", 412),
        ("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n", 500),
        ("FROB / HTTP/1.1\r\nHost: x\r\n\r\n", 501), ("GET /\n", 400),
    ]

    /// RFC 9110 §6.6.1, §8.6; RFC 9112 §6.1.
    @Test func `each answer has one date, and tells its length in one way`() async throws {
        try await withServer(Self.routes) { server in
            let client = try await server.connect()
            for (text, status) in Self.requests {
                let before = Date.now
                let answer = try await client.ask(text)
                #expect(answer.status == status)
                let names = answer.fields.map(\.name)
                #expect(Set(names).count == names.count, "\(text): \(names)")
                let date = try #require(answer["date"].flatMap(Self.date))
                #expect(date > before.addingTimeInterval(-2) && date < Date.now.addingTimeInterval(2))
                let lengths = ["content-length", "transfer-encoding"].count { answer[$0] != nil }
                #expect(lengths == (status == 204 || status == 304 ? 0 : 1), "\(text)")
                #expect(answer["connection"] == (text == "GET /\n" ? "close" : nil))
            }
        }
    }

    /// Reads a date in the one form a server sends (RFC 9110 §5.6.7).
    private static func date(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).flatMap { format.string(from: $0) == text ? $0 : nil }
    }

    @Test func `nothing a handler says breaks a field or adds one`() async throws {
        let split = "a\r\nX-Injected: b\r\n\r\nHTTP/1.1 200 OK\r\n\0"
        let routes: [Route] = [
            .immediate("/field") { _ in Response(fields: [.server: split, .contentType: split]) },
            .immediate("/type") { _ in .bytes([0x61], contentType: split) },
            .immediate("/problem") { _ in
                throw Problem(type: split, title: split, status: .conflict, detail: split, fields: [.retryAfter: split])
            },
            .immediate("/form") { _ in
                .representation(
                    Representation(contentType: split, body: [0x61], etag: split + "\"", extraFields: [.server: split])
                )
            },
        ]
        try await withServer(routes) { server in
            let client = try await server.connect()
            for path in ["/field", "/type", "/problem", "/form"] {
                let answer = try await client.ask("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer["x-injected"] == nil)
                #expect(answer["content-length"] != nil)
                #expect(answer.fields.allSatisfy { !$0.value.utf8.contains { $0 < 0x20 } })
            }
            #expect(try await client.isQuiet(for: .zero))
        }
    }
}
