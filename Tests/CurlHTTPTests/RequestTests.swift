import CurlHTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    /// Sends one request and returns what the server saw of it.
    private func received(
        _ method: String = "GET",
        path: String = "/",
        headers: [CurlHeader] = [],
        body: [UInt8]? = nil
    ) async throws -> ScriptedConnection.Request {
        let requests = Events<ScriptedConnection.Request>()
        try await withScriptedServer { connection in
            guard let request = connection.readRequest() else { return }
            requests.happened(request)
            connection.answer(body: request.method == "HEAD" ? "" : "ok")
            connection.waitForEnd()
        } body: { server in
            try await withClient { client in
                let request = CurlRequest.make(server.url(path), method: method, headers: headers, body: body)
                let response = try await client.send(request)
                #expect(response.status == 200)
            }
        }
        return try #require(await requests.first(1).first)
    }

    @Test func aGETHasTheCallersHeadersAndNothingSuperfluous() async throws {
        let headers = [CurlHeader("Authorization", "Bearer token"), CurlHeader("X-Empty", "")]
        let request = try await received(headers: headers)
        #expect(request.method == "GET")
        #expect(request["Authorization"] == "Bearer token")
        #expect(request["X-Empty"] == "")
        #expect(request["User-Agent"] == "linkwatch/test")
        #expect(request["Accept-Encoding"] == "gzip")
        #expect(request["Content-Type"] == nil)
        #expect(request["Content-Length"] == nil)
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func aBodyIsSentAsItIs(method: String) async throws {
        let body: [UInt8] = [0x7B, 0, 0xFF, 0x7D]
        let json = [CurlHeader("content-type", "application/json")]
        let request = try await received(method, headers: json, body: body)
        #expect(request.method == method)
        #expect(request.body == body)
        #expect(request["Content-Type"] == "application/json")
        #expect(request["Expect"] == nil)
    }

    @Test(arguments: [("POST", "0"), ("PUT", "0"), ("DELETE", nil), ("HEAD", nil)])
    func aMethodGoesWithoutBody(method: String, length: String?) async throws {
        let request = try await received(method)
        #expect(request.method == method)
        #expect(request.body.isEmpty)
        #expect(request["Content-Length"] == length)
        #expect(request["Content-Type"] == nil)
    }

    @Test func aPathGoesOutAsItIsWritten() async throws {
        let path = "/links/../%2E%2E/a%2Fb/.?include_tasks=true&q=%20"
        let request = try await received(path: path)
        #expect(request.target == path)
    }

    @Test func anAnswerIsHandedOverWithAllItsParts() async throws {
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 102 Processing\r\nX-Interim: yes\r\n\r\n")
            connection.answer(
                "429 Too Many",
                headers: ["Retry-After:  7 ", "X-Twice: a", "x-twice: b"],
                body: "slow down"
            )
            connection.waitForEnd()
        } body: { server in
            try await withClient { client in
                let response = try await client.send(.make(server.url()))
                #expect(response.status == 429)
                #expect(response["retry-after"] == "7")
                #expect(response.retryAfter == .seconds(7))
                #expect(!response.bodyIsCut)
                #expect(response["X-Interim"] == nil)
                #expect(response.headers.filter { $0.name.lowercased() == "x-twice" }.map(\.value) == ["a", "b"])
                #expect(response.body == Array("slow down".utf8))
                #expect(response.httpVersion == .http1_1)
                #expect(!response.connectionReused)
                #expect(response.timings.total >= response.timings.firstByte)
                #expect(response.timings.firstByte >= response.timings.connect)
            }
        }
    }
}
