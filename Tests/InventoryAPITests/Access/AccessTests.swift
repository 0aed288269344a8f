import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing
import HTTPTypes
import Inventory
import InventoryAPI
import Testing

struct AccessTests {
    private static let poll = "/api/v1/clusters/{cluster_id}/poll"
    private static let reload = "/-/reload"

    @Test func aClientMayDoWhatItsRoleAllows() async throws {
        try await APIFixture.with { fixture in
            for client in AccessCase.all {
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
        (AccessCase.local, [:], AccessPolicy(), "loopback", Role.operate),
        (.ip(host: "::1", port: 1), [:], AccessPolicy(), "loopback", .operate),
        (AccessCase.remote, AccessCase.bearer("operate-secret"), AccessCase.tokens, "oncall", .operate),
        (AccessCase.local, AccessCase.bearer("admin-secret"), AccessCase.tokens, "root", .admin),
        (.unix, AccessCase.basic("me:admin-secret"), AccessCase.tokens, "root", .admin),
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
        try await APIFixture.with(policy: AccessCase.tokens) { fixture in
            for fields in [
                AccessCase.bearer("my-guess"), AccessCase.basic("me:my-guess"), AccessCase.bearer("read-secret"), [:],
            ] {
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

    private static func routes(_ fixture: APIFixture, _ policy: AccessPolicy) throws -> [Route] {
        let interface = InventoryAPI(
            inventory: fixture.store,
            time: fixture.clock,
            polls: fixture.polls,
            upstream: fixture.upstream,
            service: fixture.facts,
            policy: policy
        )
        return try interface.makeRouter().routes
    }

    private static func status(
        _ routes: [Route],
        _ client: AccessCase,
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
