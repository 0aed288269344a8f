import CurlHTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OddPeerTests {
    /// What a peer sends after it has read the request, and what that is called.
    struct Oddity: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reason: String
        var script: ScriptedServer.Script
    }

    static let oddities = [
        Oddity(testDescription: "closes without a word", reason: "reset") { _ = $0.readRequest() },
        Oddity(testDescription: "resets without a word", reason: "reset") {
            _ = $0.readRequest()
            $0.reset()
        },
        Oddity(testDescription: "resets in the body", reason: "reset") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            $0.reset()
        },
        Oddity(testDescription: "ends the body too early", reason: "reset") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        },
        Oddity(testDescription: "ends a chunked body too early", reason: "reset") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        },
        Oddity(testDescription: "sends a status line that is none", reason: "protocol") {
            _ = $0.readRequest()
            $0.write("220 mail.example.org ready\r\n\r\n")
        },
        Oddity(testDescription: "sends a length that is none", reason: "protocol") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")
        },
        Oddity(testDescription: "says gzip and sends none", reason: "protocol") {
            _ = $0.readRequest()
            $0.answer(headers: ["Content-Encoding: gzip"], body: "no gzip at all")
        },
        Oddity(testDescription: "sends headers without end", reason: "too_large") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\n")
            while $0.write("X-More: \(String(repeating: "x", count: 1000))\r\n") {}
        },
        Oddity(testDescription: "sends nothing", reason: "timeout") { $0.waitForEnd() },
        Oddity(testDescription: "drips", reason: "timeout") {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while !$0.hears(within: 10), $0.write("x") {}
        },
    ]

    @Test(arguments: oddities)
    func anOddPeerIsAFailureWithItsReason(oddity: Oddity) async throws {
        try await withScriptedServer(oddity.script) { server in
            try await withClient { client in
                let patience: Duration = oddity.reason == "timeout" ? .milliseconds(400) : .seconds(40)
                let url = server.url("/list?key=hidden").replacing("://", with: "://user:hidden@")
                let error = await client.failure(of: .make(url, timeout: patience))
                #expect(error?.reason == oddity.reason, "\(error.debugDescription)")
                #expect(error?.failure.url == server.url("/list"))
                #expect(error?.description.contains("hidden") == false)
            }
        }
    }

    @Test func aPortOnWhichNobodyListensIsAFailureToConnect() async throws {
        let port = try { try LoopbackListener().port }()
        try await withClient { client in
            let error = await client.failure(of: .make("http://127.0.0.1:\(port)/"))
            #expect(error?.reason == "connect")
            #expect(error?.failure.code == 7)
        }
    }

    @Test func aPeerThatNeverAcceptsTLSIsTimedOutByTheTimeOutForConnecting() async throws {
        try await withScriptedServer {
            $0.waitForEnd()
        } body: { server in
            try await withClient { client in
                let url = server.url().replacing("http:", with: "https:")
                let error = await client.failure(of: .make(url, connectTimeout: .milliseconds(300)))
                #expect(error?.reason == "timeout")
            }
        }
    }

    @Test func aWriteForWhichNoConnectionWasReadyWasCertainlyNotSent() async throws {
        let port = try { try LoopbackListener().port }()
        try await withScriptedServer {
            $0.waitForEnd()
        } body: { server in
            try await withClient { client in
                for method in ["POST", "DELETE"] {
                    let refused = await client.failure(of: .make("http://127.0.0.1:\(port)/", method: method))
                    #expect(refused?.mayHaveBeenSent == false)
                    let secure = server.url().replacing("http:", with: "https:")
                    let patience = Duration.milliseconds(300)
                    let hanging = await client.failure(of: .make(secure, method: method, timeout: patience))
                    #expect(hanging?.reason == "timeout" && hanging?.mayHaveBeenSent == false)
                    // Here the request lies in the peer's socket, whether or not it is ever read.
                    let mute = await client.failure(of: .make(server.url(), method: method, timeout: patience))
                    #expect(mute?.reason == "timeout" && mute?.mayHaveBeenSent == true)
                }
            }
        }
    }

    @Test func aServerThatSpeaksNoTLSIsAFailureOfTLS() async throws {
        try await withScriptedServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForEnd()
        } body: { server in
            try await withClient { client in
                let error = await client.failure(of: .make(server.url().replacing("http:", with: "https:")))
                #expect(error?.reason == "tls")
            }
        }
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/"])
    func onlyHTTPIsSpoken(url: String) async throws {
        try await withClient { client in
            #expect(await client.failure(of: .make(url))?.reason == "unsupported_scheme")
        }
    }

    @Test(arguments: ["", "no address", "http://", "http://a b/", "http://127.0.0.1:99999/"])
    func anAddressThatIsNoneIsRefused(url: String) async throws {
        try await withClient { client in
            guard case .invalidRequest = await client.failure(of: .make(url)) else {
                Issue.record("\(url) was not refused")
                return
            }
        }
    }

    @Test func headersThatAreMoreThanOneLineAreRefused() async throws {
        try await withClient { client in
            for header in [CurlHeader("X-A", "b\r\nX-C: d"), CurlHeader("X A", "b"), CurlHeader("", "b")] {
                let error = await client.failure(of: .make("http://127.0.0.1:1/", headers: [header]))
                guard case .invalidRequest = error else {
                    Issue.record("\(header) was not refused")
                    continue
                }
            }
        }
    }
}
