import CurlHTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RedirectTests {
    private let credentials = [CurlHeader("Authorization", "Bearer token")]

    @Test func aRedirectWithinTheOriginIsFollowedWithTheCredentials() async throws {
        try await withScriptedServer { connection in
            while let request = connection.readRequest() {
                if request.target == "/old" {
                    connection.answer("308 Permanent Redirect", headers: ["Location: /new"], body: "gone")
                } else {
                    connection.answer(body: "\(request.method) \(request.target) \(request["Authorization"] ?? "")")
                }
            }
        } body: { server in
            try await withClient { client in
                let response = try await client.send(.make(server.url("/old"), headers: credentials))
                #expect(response.status == 200)
                #expect(String(decoding: response.body, as: UTF8.self) == "GET /new Bearer token")
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test func aRedirectIsAnAnswerToWhoDoesNotFollow() async throws {
        try await withScriptedServer { connection in
            while connection.readRequest() != nil {
                connection.answer("302 Found", headers: ["Location: /new"], body: "moved")
            }
        } body: { server in
            try await withClient { client in
                var request = CurlRequest.make(server.url("/old"), method: "POST")
                request.followsRedirects = false
                let response = try await client.send(request)
                #expect(response.status == 302)
                #expect(response["Location"] == "/new")
                #expect(String(decoding: response.body, as: UTF8.self) == "moved")
            }
        }
    }

    @Test func noOtherOriginLearnsOfTheRequest() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { other in
            let targets = [
                other.url(), "https://127.0.0.1/", "http://localhost:\(other.port)/", "//other.invalid/",
                "ftp://127.0.0.1/",
            ]
            for target in targets {
                try await withScriptedServer { connection in
                    _ = connection.readRequest()
                    connection.answer("302 Found", headers: ["Location: \(target)"])
                    connection.waitForEnd()
                } body: { server in
                    try await withClient { client in
                        let error = await client.failure(of: .make(server.url(), headers: credentials))
                        #expect(error?.reason == "redirect", "\(target)")
                    }
                }
            }
            #expect(other.connectionCount == 0)
        }
    }

    @Test(arguments: [
        (301, "POST", "GET "), (302, "POST", "GET "), (303, "PUT", "GET "), (307, "POST", "POST body"),
        (308, "POST", "POST body"), (301, "PUT", "PUT body"),
    ])
    func aRedirectKeepsMethodAndBodyWhereRFC9110SaysSo(status: Int, method: String, expected: String) async throws {
        try await withScriptedServer { connection in
            while let request = connection.readRequest() {
                if request.target == "/old" {
                    connection.answer("\(status) Moved", headers: ["Location: /new"])
                } else {
                    connection.answer(body: "\(request.method) \(String(decoding: request.body, as: UTF8.self))")
                }
            }
        } body: { server in
            try await withClient { client in
                let request = CurlRequest.make(server.url("/old"), method: method, body: Array("body".utf8))
                let response = try await client.send(request)
                #expect(String(decoding: response.body, as: UTF8.self) == expected)
            }
        }
    }

    @Test func circlesEnd() async throws {
        try await withScriptedServer { connection in
            while connection.readRequest() != nil { connection.answer("302 Found", headers: ["Location: /"]) }
        } body: { server in
            try await withClient { client in
                let error = await client.failure(of: .make(server.url()))
                #expect(error?.reason == "redirect")
                #expect(error?.failure.message == "more than 5 redirects")
            }
        }
    }

    @Test func allHopsTogetherHaveOneTimeOut() async throws {
        try await withScriptedServer { connection in
            // Half the time for the first hop, so that two more would be too long.
            while connection.readRequest() != nil {
                if connection.hears(within: 300) { return }
                connection.answer("302 Found", headers: ["Location: /"])
            }
        } body: { server in
            try await withClient { client in
                let error = await client.failure(of: .make(server.url(), timeout: .milliseconds(700)))
                #expect(error?.reason == "timeout")
            }
        }
    }

    @Test(arguments: [300, 304, 302])
    func aRedirectThatPointsNowhereIsAnAnswer(status: Int) async throws {
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            connection.answer("\(status) There")
            connection.waitForEnd()
        } body: { server in
            try await withClient { client in
                let response = try await client.send(.make(server.url()))
                #expect(response.status == status)
            }
        }
    }
}
