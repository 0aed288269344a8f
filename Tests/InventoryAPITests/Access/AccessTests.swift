import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing
import HTTPTypes
import Inventory
import InventoryAPI
import Testing

struct AccessTests {
    private static let local = PeerAddress.ip(host: "127.0.0.1", port: 1)
    private static let remote = PeerAddress.ip(host: "192.0.2.7", port: 1)
    private static let poll = "/api/v1/clusters/{cluster_id}/poll"
    private static let reload = "/-/reload"

    /// What a client comes to: the status that reading and polling are refused with, 200 where they are not.
    struct Case: Sendable {
        let testDescription: String
        var peer = AccessTests.local
        var fields: [String: String] = [:]
        var authority = "127.0.0.1:8080"
        var policy = AccessPolicy()
        let read: Int
        let operate: Int
    }

    private static let tokens = AccessPolicy(tokens: [
        AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" },
        AccessPolicy.Token(name: "broken", role: .admin) { throw CancellationError() },
        AccessPolicy.Token(name: "empty", role: .admin) { "" },
        AccessPolicy.Token(name: "oncall", role: .operate) { "operate-secret" },
        AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" },
    ])
    private static let twins = AccessPolicy(tokens: [
        AccessPolicy.Token(name: "a", role: .read) { "same" }, AccessPolicy.Token(name: "b", role: .admin) { "same" },
    ])
    private static let anonymous = AccessPolicy(
        tokens: [AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" }],
        allowsAnonymousReading: true
    )

    private static let cases = [
        Case(testDescription: "loopback", read: 200, operate: 200),
        Case(testDescription: "loopback v6", peer: .ip(host: "::1", port: 1), read: 200, operate: 200),
        Case(testDescription: "X-Forwarded-For", fields: ["X-Forwarded-For": "192.0.2.1"], read: 200, operate: 403),
        Case(testDescription: "Forwarded", fields: ["Forwarded": "for=_x"], read: 200, operate: 403),
        Case(testDescription: "X-Forwarded-Proto", fields: ["X-Forwarded-Proto": "https"], read: 200, operate: 403),
        Case(testDescription: "unix", peer: .unix, read: 200, operate: 403),
        Case(testDescription: "remote", peer: remote, read: 401, operate: 401),
        Case(
            testDescription: "remote, anonymous reading",
            peer: remote,
            policy: AccessPolicy(allowsAnonymousReading: true),
            read: 200,
            operate: 403
        ),
        Case(testDescription: "a token where none is configured", fields: bearer("x"), read: 200, operate: 200),
        Case(testDescription: "no token", policy: tokens, read: 401, operate: 401),
        Case(testDescription: "unix, no token", peer: .unix, policy: tokens, read: 401, operate: 401),
        Case(
            testDescription: "read",
            peer: remote,
            fields: bearer("read-secret"),
            policy: tokens,
            read: 200,
            operate: 403
        ),
        Case(testDescription: "operate", fields: bearer("operate-secret"), policy: tokens, read: 200, operate: 200),
        Case(testDescription: "admin", fields: bearer("admin-secret"), policy: tokens, read: 200, operate: 200),
        Case(
            testDescription: "lower case",
            fields: ["Authorization": "bearer  read-secret"],
            policy: tokens,
            read: 200,
            operate: 403
        ),
        Case(testDescription: "basic", fields: basic("any:operate-secret"), policy: tokens, read: 200, operate: 200),
        Case(
            testDescription: "basic, name only",
            fields: basic("operate-secret"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        Case(
            testDescription: "basic, not base 64",
            fields: ["Authorization": "Basic !"],
            policy: tokens,
            read: 401,
            operate: 401
        ),
        Case(
            testDescription: "basic, a colon in the password",
            fields: basic("any:read:secret"),
            policy: AccessPolicy(tokens: [AccessPolicy.Token(name: "a", role: .operate) { "read:secret" }]),
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "the token as name",
            fields: basic("admin-secret:"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        Case(
            testDescription: "malformed, anonymous",
            fields: ["Authorization": "Basic !"],
            policy: anonymous,
            read: 401,
            operate: 401
        ),
        Case(
            testDescription: "another scheme, anonymous",
            fields: ["Authorization": "Negotiate x"],
            policy: anonymous,
            read: 200,
            operate: 403
        ),
        Case(testDescription: "one token twice", fields: bearer("same"), policy: twins, read: 401, operate: 401),
        Case(testDescription: "wrong token", fields: bearer("read-secre"), policy: tokens, read: 401, operate: 401),
        Case(
            testDescription: "longer token",
            fields: bearer("read-secretread-secret"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        Case(testDescription: "empty token", fields: bearer(""), policy: tokens, read: 401, operate: 401),
        Case(testDescription: "digest", fields: ["Authorization": "Digest x"], policy: tokens, read: 401, operate: 401),
        Case(testDescription: "anonymous beside tokens", peer: remote, policy: anonymous, read: 200, operate: 403),
        Case(
            testDescription: "wrong token, anonymous",
            fields: bearer("x"),
            policy: anonymous,
            read: 401,
            operate: 401
        ),
        Case(testDescription: "own origin", fields: ["Origin": "http://127.0.0.1:8080"], read: 200, operate: 200),
        Case(testDescription: "foreign origin", fields: ["Origin": "http://evil.example"], read: 200, operate: 403),
        Case(testDescription: "no origin", fields: ["Origin": "null"], read: 200, operate: 403),
        Case(testDescription: "other port", fields: ["Origin": "http://127.0.0.1:9"], read: 200, operate: 403),
        Case(
            testDescription: "rebound name",
            fields: ["Origin": "http://evil.example:8080"],
            authority: "evil.example:8080",
            read: 421,
            operate: 421
        ),
        Case(testDescription: "a name on this machine", authority: "x.localhost:8080", read: 200, operate: 200),
        Case(testDescription: "localhost", authority: "LOCALHOST", read: 200, operate: 200),
        Case(testDescription: "an address in brackets", authority: "[::1]:8080", read: 200, operate: 200),
        Case(testDescription: "an address with a name", authority: "127.0.0.1.evil.example", read: 421, operate: 421),
        Case(
            testDescription: "the public name",
            authority: "Watch.example",
            policy: AccessPolicy(publicHost: "watch.example"),
            read: 200,
            operate: 200
        ),
        Case(testDescription: "any name through a unix socket", peer: .unix, authority: "x", read: 200, operate: 403),
        Case(
            testDescription: "any name with a token",
            fields: bearer("operate-secret"),
            authority: "x.example",
            policy: tokens,
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "any name where all may read",
            authority: "x.example",
            policy: AccessPolicy(allowsAnonymousReading: true),
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "other host, right token",
            fields: bearer("admin-secret"),
            authority: "evil.example",
            policy: AccessPolicy(
                tokens: [AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" }],
                allowedHosts: ["watch.example"]
            ),
            read: 421,
            operate: 421
        ),
        Case(
            testDescription: "a name's own page, with a token",
            fields: bearer("admin-secret").merging(["Origin": "https://Watch.example"]) { $1 },
            authority: "watch.example",
            policy: tokens,
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "trusted origin",
            fields: ["Origin": "https://ui.example"],
            policy: AccessPolicy(trustedOrigins: ["https://ui.example"]),
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "allowed host",
            authority: "Watch.example:8080",
            policy: AccessPolicy(allowedHosts: ["watch.example"]),
            read: 200,
            operate: 200
        ),
        Case(
            testDescription: "other host",
            authority: "evil.example",
            policy: AccessPolicy(allowedHosts: ["watch.example"]),
            read: 421,
            operate: 421
        ),
        Case(testDescription: "not JSON", fields: ["Content-Type": "text/plain"], read: 200, operate: 415),
        Case(
            testDescription: "JSON in UTF-8",
            fields: ["Content-Type": "Application/JSON; charset=utf-8"],
            read: 200,
            operate: 200
        ),
    ]

    @Test func aClientMayDoWhatItsRoleAllows() async throws {
        try await APIFixture.with { fixture in
            for client in Self.cases {
                let routes = try Self.routes(fixture, client.policy)
                for template in [
                    "/api/v1/links", "/metrics", "/api/v1/status", "/openapi.json",
                    "/kafka/v3/clusters/{cluster_id}/links",
                ] {
                    let asked = Comment("\(client.testDescription): \(template)")
                    #expect(Self.status(routes, client, .get, template) == client.read, asked)
                    #expect(Self.status(routes, client, .head, template) == client.read, asked)
                }
                for probe in ["/livez", "/readyz", "/healthz", "/-/healthy", "/-/ready"] {
                    #expect(Self.status(routes, client, .get, probe) == 200, "\(client.testDescription): \(probe)")
                }
                let poll = Self.status(routes, client, .post, Self.poll)
                #expect(poll == client.operate, "\(client.testDescription)")
                let isAdmin = client.fields["Authorization"] == "Bearer admin-secret" && client.operate == 200
                let reload = Self.status(routes, client, .post, Self.reload)
                #expect((reload == 200) == isAdmin, "\(client.testDescription)")
            }
        }
    }

    /// Who a handler learns to have asked; nobody need know who only reads.
    @Test(arguments: [
        (local, [:], AccessPolicy(), "loopback", Role.operate),
        (.ip(host: "::1", port: 1), [:], AccessPolicy(), "loopback", .operate),
        (remote, bearer("operate-secret"), tokens, "oncall", .operate),
        (local, bearer("admin-secret"), tokens, "root", .admin),
        (.unix, basic("me:admin-secret"), tokens, "root", .admin),
    ])
    func aHandlerLearnsWhoAsks(
        peer: PeerAddress,
        fields: [String: String],
        policy: AccessPolicy,
        actor: String,
        role: Role
    ) async throws {
        try await APIFixture.with { fixture in
            let routes = try Self.routes(fixture, policy)
            for (method, template) in [(HTTPRequest.Method.post, Self.poll), (.get, "/api/v1/links")] {
                var own: HTTPFields = [.contentType: "application/json"]
                for (name, value) in fields { HTTPField.Name(name).map { own[$0] = value } }
                let request = Request.make(method: method, fields: own, peer: peer, routeTemplate: template)
                let route = try #require(routes.first { $0.template == template && $0.method == method })
                let principal = try route.gate?(request) as? Principal
                #expect(principal?.actor == (method == .get ? nil : actor))
                #expect(principal?.role == (method == .get ? nil : role))
            }
        }
    }

    @Test func aRefusalTellsNoSecret() async throws {
        try await APIFixture.with(policy: Self.tokens) { fixture in
            for fields in [Self.bearer("my-guess"), Self.basic("me:my-guess"), Self.bearer("read-secret"), [:]] {
                let answer = try await fixture.client.send(
                    "POST",
                    "/api/v1/clusters/lkc-1/poll",
                    fields: fields.merging(["Content-Type": "application/json"]) { $1 }
                )
                #expect([401, 403].contains(answer.status))
                #expect(!answer.text.contains("secret") && !answer.text.contains("guess"))
                #expect((answer.fields["www-authenticate"] != nil) == (answer.status == 401))
            }
        }
    }

    private static func bearer(_ token: String) -> [String: String] { ["Authorization": "Bearer " + token] }

    private static func basic(_ pair: String) -> [String: String] {
        ["Authorization": "Basic " + Data(pair.utf8).base64EncodedString()]
    }

    private static func routes(_ fixture: APIFixture, _ policy: AccessPolicy) throws -> [Route] {
        let interface = InventoryAPI(
            inventory: fixture.store,
            time: fixture.clock,
            polls: fixture.polls,
            service: fixture.facts,
            policy: policy
        )
        return try interface.makeRouter().routes
    }

    private static func status(
        _ routes: [Route],
        _ client: Case,
        _ method: HTTPRequest.Method,
        _ template: String
    ) -> Int {
        var fields: HTTPFields = [:]
        if method == .post { fields[.contentType] = "application/json" }
        for (name, value) in client.fields {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let request = Request.make(
            method: method,
            fields: fields,
            authority: client.authority,
            peer: client.peer,
            routeTemplate: template
        )
        do {
            let answered = method == .head ? .get : method
            let route = try #require(routes.first { $0.template == template && $0.method == answered })
            _ = try route.gate?(request)
            return 200
        } catch {
            return (error as? any ProblemError)?.problem.status.code ?? 500
        }
    }
}
