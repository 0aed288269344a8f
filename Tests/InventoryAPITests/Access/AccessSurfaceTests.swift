import Foundation
import HTTPServing
import InventoryAPI
import Testing

/// What is open, what is behind a token, a host or an origin, and who is slowed: asked of a running interface.
@Suite(.timeLimit(.minutes(1)))
struct AccessSurfaceTests {
    private static let bearer = ["Authorization": "Bearer read-secret"]
    private static let stream = "/api/v1/changes/stream"

    private static func policy(hosts: [String] = [], origins: [String] = []) -> AccessPolicy {
        AccessPolicy(
            tokens: [
                AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" },
                AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" },
            ],
            allowedHosts: hosts,
            trustedOrigins: origins
        )
    }

    @Test(arguments: [
        ("GET", "/api/v1/links", 200), ("HEAD", "/api/v1/links", 200), ("GET", "/metrics", 200),
        ("GET", "/openapi.json", 200), ("GET", "/api/v1/status", 200), ("GET", "/api/v2/status", 200),
        ("GET", "/kafka/v3/clusters/lkc-1/links/none", 503), ("GET", "/nowhere", 404), ("GET", "/favicon.ico", 404),
        ("GET", "/%zz", 400), ("GET", "/api/v1/links?nonsense=1", 400),
        ("OPTIONS", "/api/v1/links", 204), ("OPTIONS", "*", 204), ("PUT", "/api/v1/links", 405), ("FROB", "/", 501),
    ])
    func everythingButTheProbesIsBehindAToken(method: String, target: String, status: Int) async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let client = fixture.client
            let without = try await client.send(method, target)
            #expect(without.status == 401)
            #expect(without.fields["www-authenticate"] != nil)
            #expect(without.fields["allow"] == nil)
            #expect(try await client.send(method, target, fields: Self.bearer).status == status)
            for probe in ["/livez", "/readyz", "/healthz", "/-/healthy", "/-/ready"] {
                #expect(try await client.send(method == "HEAD" ? "HEAD" : "GET", probe).status == 200)
            }
        }
    }

    @Test func anotherHostIsServedTheProbesAlone() async throws {
        let policy = Self.policy(hosts: ["watch.example"])
        try await APIFixture.with(policy: policy) { fixture in
            let client = fixture.client
            let evil = Self.bearer.merging(["Host": "evil.example"]) { $1 }
            for target in ["/api/v1/links", Self.stream, "/nowhere", "/metrics", "http://evil.example/api/v1/links"] {
                #expect(try await client.send("GET", target, fields: evil).status == 421, "\(target)")
            }
            let options = try await client.send("OPTIONS", "/api/v1/links", fields: evil)
            #expect(options.status == 421)
            #expect(try await client.send("GET", "/livez", fields: evil).status == 200)
            let own = Self.bearer.merging(["Host": "WATCH.example:8080"]) { $1 }
            #expect(try await client.send("GET", "/api/v1/links", fields: own).status == 200)
            // RFC 9112 §3.2.2: the target counts and not the field.
            let absolute = "http://watch.example/api/v1/links"
            #expect(try await client.send("GET", absolute, fields: evil).status == 200)
            // 404 before a token is asked for would tell what is there.
            #expect(try await client.send("GET", "/nowhere", fields: ["Host": "watch.example"]).status == 401)
        }
    }

    @Test func aPageOfAnotherOriginReadsWhatItMay() async throws {
        let origin = ["Origin": "https://ui.example"]
        try await APIFixture.with(policy: Self.policy(origins: ["https://ui.example"])) { fixture in
            try await fixture.list([item("orders")])
            let asked = Self.bearer.merging(origin) { $1 }
            for _ in 0..<2 {
                let plain = try await fixture.get("/api/v1/links", Self.bearer)
                #expect(plain.fields["access-control-allow-origin"] == nil)
                let answer = try await fixture.get("/api/v1/links", asked)
                #expect(answer.status == 200 && answer.body == plain.body)
                #expect(answer.fields["access-control-allow-origin"] == "https://ui.example")
                for name in ["Age", "ETag", "Linkwatch-Sequence", "Retry-After", "Via"] {
                    #expect(answer.fields["access-control-expose-headers"]?.contains(name) == true)
                }
                let tag = try #require(answer.fields["etag"])
                let same = try await fixture.get("/api/v1/links", asked.merging(["If-None-Match": tag]) { $1 })
                #expect(same.status == 304)
                #expect(same.fields["access-control-allow-origin"] == "https://ui.example")
            }
            for (target, fields, status) in [
                ("/api/v1/links", origin, 401), ("/nowhere", asked, 404), ("/api/v1/links?x=1", asked, 400),
            ] {
                let answer = try await fixture.get(target, fields)
                #expect(answer.status == status)
                #expect(answer.fields["access-control-allow-origin"] == "https://ui.example")
            }
            let events = try await EventClient.open(fixture.client, Self.stream, fields: asked)
            #expect(events.status == 200)
            #expect(events.fields["access-control-allow-origin"] == "https://ui.example")
        }
    }

    @Test func aPageMayAskBeforeItSendsAndThenWrite() async throws {
        let origin = ["Origin": "https://ui.example"]
        try await APIFixture.with(policy: Self.policy(origins: ["https://ui.example"])) { fixture in
            let poll = "/api/v1/clusters/lkc-1/poll"
            let asking = origin.merging([
                "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type",
            ]) { $1 }
            let preflight = try await fixture.client.send("OPTIONS", poll, fields: asking)
            #expect(preflight.status == 204)
            #expect(preflight.fields["access-control-allow-methods"] == "OPTIONS, POST")
            let allowed = "Authorization, Content-Type, If-None-Match, Last-Event-ID"
            #expect(preflight.fields["access-control-allow-headers"] == allowed)
            let write = ["Authorization": "Bearer admin-secret", "Content-Type": "application/json"]
            #expect(try await fixture.client.send("POST", poll, fields: write.merging(origin) { $1 }).status == 200)
            let evil = ["Origin": "https://ui.example:444"]
            #expect(try await fixture.client.send("POST", poll, fields: write.merging(evil) { $1 }).status == 403)
            #expect(try await fixture.client.send("OPTIONS", poll, fields: asking.merging(evil) { $1 }).status == 401)
        }
    }

    @Test func whoGuessesIsSlowedAndWhoKnowsIsNot() async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let wrong = ["Authorization": "Bearer guess"]
            for _ in 0..<10 { #expect(try await fixture.get("/api/v1/links", wrong).status == 401) }
            // These five are kept back, one second and more.
            let waiting = try (0..<5).map { _ in try fixture.client.connect("/api/v1/links", fields: wrong) }
            defer { for descriptor in waiting { close(descriptor) } }
            var refused: Answer
            repeat { refused = try await fixture.get("/nowhere", wrong) } while refused.status == 401
            #expect(refused.status == 429)
            #expect(refused.problem == "too-many-attempts")
            #expect(refused.fields["retry-after"] == "6")
            #expect(refused.fields["connection"] == "close")
            #expect(try await fixture.get("/api/v1/links", Self.bearer).status == 200)
            #expect(try await fixture.get("/api/v1/links").status == 401)
            fixture.clock.advance(by: .seconds(60))
            #expect(try await fixture.get("/api/v1/links", wrong).status == 401)
            let metrics = try await fixture.get("/metrics", Self.bearer).text
            let count = { (reason: String) -> Int? in
                let start = "linkwatch_http_authentication_failures_total{reason=\"\(reason)\"} "
                return metrics.split(separator: "\n").first { $0.hasPrefix(start) }
                    .flatMap { Int($0.dropFirst(start.count)) }
            }
            #expect(count("missing_token") == 1)
            #expect((count("wrong_token") ?? 0) >= 17)
            #expect(count("malformed_credentials") == 0 && count("insufficient_role") == 0)
        }
    }
}
