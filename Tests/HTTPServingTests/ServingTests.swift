import HTTPServing
import HTTPTypes
import Testing

struct ServingTests {
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

    @Test func `a stream is sent in chunks`() async throws {
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    try await writer.write(Array("one".utf8))
                    try await writer.write([])
                    try await writer.write(Array("two".utf8))
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let answer = try await client.ask("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(answer["transfer-encoding"] == "chunked")
                #expect(answer.text == "onetwo")
            }
        }
    }
}
