import CurlHTTP
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    @Test func aProxyIsAskedForHostsElsewhere() async throws {
        let targets = Events<Substring>()
        try await withScriptedServer { proxy in
            while let request = proxy.readRequest() {
                targets.happened(request.target)
                proxy.answer(body: "from the proxy")
            }
        } body: { proxy in
            try await withClient { client in
                let response = try await client.send(
                    .make("http://upstream.example/links"),
                    options: CurlOptions(proxy: proxy.url())
                )
                #expect(response.body == Array("from the proxy".utf8))
                #expect(await targets.first(1) == ["http://upstream.example/links"])
            }
        }
    }

    @Test func aProxyIsNeverAskedForLoopback() async throws {
        try await withScriptedServer {
            $0.answerAll(body: "proxy")
        } body: { proxy in
            try await withScriptedServer {
                $0.answerAll(body: "server")
            } body: { server in
                try await withClient { client in
                    for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
                        let url = "http://\(host):\(server.port)/"
                        let response = try await client.send(.make(url), options: CurlOptions(proxy: proxy.url()))
                        #expect(response.body == Array("server".utf8))
                    }
                    #expect(proxy.connectionCount == 0)
                }
            }
        }
    }

    @Test func aTunnelIsAskedForWithoutTheHostsCredentials() async throws {
        let heads = Events<String>()
        try await withScriptedServer { proxy in
            guard let request = proxy.readRequest() else { return }
            heads.happened(request.head)
            proxy.answer("407 Proxy Authentication Required")
        } body: { proxy in
            try await withClient { client in
                let request = CurlRequest.make(
                    "https://upstream.example/",
                    headers: [CurlHeader("Authorization", "Bearer token")]
                )
                let error = await client.failure(of: request, options: CurlOptions(proxy: proxy.url()))
                #expect(error?.reason == "proxy")
                let head = try #require(await heads.first(1).first)
                #expect(head.hasPrefix("CONNECT upstream.example:443 "))
                #expect(!head.contains("token"))
            }
        }
    }

    @Test func aProxyThatIsNotFoundIsAFailureOfTheProxy() async throws {
        try await HangingResolver.withUnknownName { name in
            try await withClient { client in
                let options = CurlOptions(proxy: "http://\(name):3128")
                #expect(
                    await client.failure(of: .make("http://upstream.example/"), options: options)?.reason == "proxy"
                )
            }
        }
    }

    /// In a process of its own, whose environment is nobody else's.
    @Test func theEnvironmentsProxiesCountButNotForLoopback() async {
        await #expect(processExitsWith: .success) {
            try await withScriptedServer {
                $0.answerAll(body: "proxy")
            } body: { proxy in
                setenv("http_proxy", proxy.url(), 1)
                setenv("no_proxy", "excluded.test", 1)
                try await withScriptedServer {
                    $0.answerAll(body: "server")
                } body: { server in
                    try await withClient { client in
                        let elsewhere = try await client.send(.make("http://upstream.example/"))
                        try #require(elsewhere.body == Array("proxy".utf8))
                        let here = try await client.send(.make(server.url()))
                        try #require(here.body == Array("server".utf8))
                    }
                }
            }
        }
    }
}
