import HTTPServing
import HTTPTypes
import Testing

struct EncodedAnswerTests {
    private struct Link: Encodable, Sendable {
        var url = "https://a.example/x"
        var lag: Double? = 1.5
        var name = "é\"\n"
        var counts = ["b": 1, "a": 2, "d": 3, "c": 4]
    }

    private static func route(_ value: Link) -> Route {
        Route(.get, "/link", id: "link", summary: "", handler: .immediate { _ in try .json(value, status: .accepted) })
    }

    private static let request = "GET /link HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `a value is answered as JSON, and always in the same bytes`() async throws {
        try await withServer([Self.route(Link())]) { server in
            let client = try await server.connect()
            for _ in 0..<3 {
                let answer = try await client.ask(Self.request)
                #expect(answer.status == 202)
                #expect(answer["content-type"] == "application/json")
                #expect(
                    answer.text
                        == #"{"counts":{"a":2,"b":1,"c":4,"d":3},"lag":1.5,"name":"é\"\n","url":"https://a.example/x"}"#
                )
            }
        }
    }

    @Test func `a value without a JSON form is a 500 that tells nothing`() async throws {
        try await withServer([Self.route(Link(lag: .infinity))]) { server in
            let client = try await server.connect()
            let answer = try await client.ask(Self.request)
            #expect(answer.status == 500)
            #expect(answer["content-type"] == "application/problem+json")
            #expect(!answer.text.contains("lag") && !answer.text.contains("Link"))
            // The connection goes on.
            #expect(try await client.ask(Self.request).status == 500)
        }
    }

    @Test func `the error names the value's type and its trouble`() {
        let error = #expect(throws: ResponseError.self) { try Response.json(Link(lag: .nan)) }
        #expect(error?.description.contains("a value of Link cannot be answered as JSON: ") == true)
        #expect(error?.description.contains("lag") == true)
    }
}
