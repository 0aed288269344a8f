import HTTPServing
import HTTPTypes
import Testing

/// Requests that come in two segments, split in every place.
@Suite(.timeLimit(.minutes(1))) struct SplitTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Sends a part, and the rest once the server has taken the first.
    private func send(_ request: String, splitAt place: Int, _ client: RawClient, _ other: RawClient) async throws {
        let bytes = Array(request.utf8)
        try await client.send(Array(bytes[..<place]))
        // There is one event queue, and what was there first is taken first.
        #expect(try await other.ask(Self.hello).status == 200)
        try await client.send(Array(bytes[place...]))
    }

    @Test(arguments: [
        "\r\nGET /hello?a=b HTTP/1.1\r\nHost: x\r\nAccept:  a, b \r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nhello\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"b\"\r\nhe\r\n4\r\nllo\n\r\n0\r\nX: y\r\n\r\n",
    ])
    func `a request is the same wherever it is split`(_ request: String) async throws {
        try await withServer([.hello, .echo], configuration: HTTPServerConfiguration(eventQueues: 1)) { server in
            let client = try await server.connect()
            let other = try await server.connect()
            for place in 0...request.utf8.count {
                try await send(request, splitAt: place, client, other)
                let answer = try await client.answer()
                #expect(answer.status == 200, "split at \(place)")
                #expect(answer.text == "hello\n", "split at \(place)")
            }
        }
    }

    @Test(arguments: [
        "GET /hello HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
    ])
    func `a refusal is the same wherever it is split`(_ request: String) async throws {
        try await withServer([.hello, .echo], configuration: HTTPServerConfiguration(eventQueues: 1)) { server in
            let other = try await server.connect()
            for place in 0...request.utf8.count {
                let client = try await server.connect()
                try await send(request, splitAt: place, client, other)
                let all = try await client.receiveToEnd()
                #expect(all.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "split at \(place)")
                #expect(all.ranges(of: "HTTP/1.1 400").count == 1, "split at \(place)")
            }
        }
    }
}
