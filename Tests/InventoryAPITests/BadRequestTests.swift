import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct BadRequestTests {
    private static let paths = [
        "/api/v1/clusters", "/api/v1/clusters/lkc-1", "/api/v1/links", "/api/v1/clusters/lkc-1/links",
        "/api/v1/links/pairs", "/api/v1/topology",
        "/api/v1/clusters/lkc-1/links/orders", "/api/v1/clusters/lkc-1/links/orders/history",
        "/api/v1/clusters/lkc-1/links/orders/errors", "/api/v1/clusters/lkc-1/snapshots",
        "/api/v1/availability", "/api/v1/clusters/lkc-1/availability",
        "/api/v1/clusters/lkc-1/links/orders/availability", "/api/v1/clusters/lkc-1/links/orders/evidence",
        "/api/v1/clusters/lkc-1/polls", "/api/v1/status", "/openapi.json", "/metrics", "/livez", "/readyz", "/healthz",
        "/api/v1/alerts", "/api/v1/incidents", "/api/v1/error-codes", "/api/v1/audit", "/api/v2/alerts",
        "/api/v2/alerts/groups", "/api/v2/status",
        "/-/healthy", "/-/ready", "/kafka/v3/clusters/lkc-1/links", "/kafka/v3/clusters/lkc-1/links/orders",
        "/kafka/v3/clusters/lkc-1/links/orders/configs", "/kafka/v3/clusters/lkc-1/links/orders/mirrors",
        "/kafka/v3/clusters/lkc-1/links/-/mirrors",
    ]

    /// What else may be done there than read.
    private static let managed = [
        "/kafka/v3/clusters/lkc-1/links": "POST", "/kafka/v3/clusters/lkc-1/links/orders": "DELETE",
    ]

    @Test(arguments: paths)
    func everyRouteRefusesWhatItDoesNotKnow(path: String) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let good = try await fixture.get(path)
            #expect(good.status == 200)
            for query in ["nope=1", "Limit=1", "=", "%F0=1", "a=%", "nope[]=1"] {
                let answer = try await fixture.get("\(path)?\(query)")
                #expect(answer.status == 400, "\(query)")
                Self.expectErrorShape(answer, path)
            }
            let absent = try await fixture.get("\(path)/no/such")
            #expect(absent.status == 404)
            Self.expectErrorShape(absent, path)
            let managed = Self.managed[path]
            for method in ["POST", "DELETE", "PUT"] where method != managed {
                let answer = try await fixture.client.send(method, path)
                #expect(answer.status == 405)
                let allowed = ["GET", "HEAD", "OPTIONS"] + (managed.map { [$0] } ?? [])
                #expect(answer.fields["allow"] == allowed.sorted().joined(separator: ", "))
                Self.expectErrorShape(answer, path)
            }
        }
    }

    @Test(arguments: [
        "links?limit=0", "links?limit=1001", "links?limit=-1", "links?limit=ten", "links?limit=", "links?limit=1.0",
        "links?limit=%2B5", "links?limit=99999999999999999999", "links?health=fine", "links?health=",
        "links?health=ok,",
        "links?last_known_health=OK", "links?configured=maybe", "links?configured=true,false", "links?deleted=1",
        "links?sort=", "links?sort=-", "links?sort=size", "links?sort=--link_name", "links?limit=1&limit=1",
        "links?q=a&q=b", "links?label.env=a&label.env=b", "clusters?configured=x", "clusters?limit=0",
        "links/pairs?limit=0", "links/pairs?agree=maybe", "links/pairs?agree=", "links/pairs?health=fine",
        "links/pairs?configured=x", "topology?format=svg", "topology?format=", "topology?format=json,mermaid",
        "topology?format=JSON", "topology?configured=x", "topology?format=json&format=json",
        "clusters/lkc-1/links?limit=0", "clusters/lkc-1/polls?limit=0", "clusters/lkc-1/snapshots?limit=0",
    ])
    func aBadValueIsRefusedByName(target: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v1/" + target)
            #expect(answer.status == 400)
            #expect(answer.problem == "bad-parameter")
            let parameter = try #require(answer.json["parameter"]?.string)
            #expect(target.contains("?" + parameter))
            #expect(answer.json["detail"]?.string?.contains(parameter) == true)
        }
    }

    @Test(arguments: [
        "links?cluster=x", "links?label.=x", "links?label=x", "links?as_of=2027-01-15T08:00:00Z", "links?from=x",
        "clusters?sort=name", "clusters/lkc-1?limit=1", "status?verbose=1", "links/pairs?sort=link_name",
        "links/pairs?deleted=true", "topology?limit=1", "topology?health=ok", "topology?label.=x",
    ])
    func anUnknownParameterIsNamed(target: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v1/" + target)
            #expect(answer.status == 400)
            #expect(answer.problem == "unknown-parameter")
            for name in ["type", "title", "status", "detail", "instance"] { #expect(answer.json[name] != nil) }
        }
    }

    @Test func anEndlessNameIsNotSentBack() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v1/links?" + String(repeating: "x", count: 3000) + "=1")
            #expect(answer.status == 400)
            #expect(answer.body.count < 800)
        }
    }

    /// Kafka REST's own shape under its path, problem documents everywhere else.
    private static func expectErrorShape(_ answer: Answer, _ path: String) {
        if path.hasPrefix("/kafka") {
            #expect(answer.fields["content-type"] == "application/json")
            #expect(answer.json.members.map(\.name) == ["error_code", "message"])
        } else {
            #expect(answer.fields["content-type"] == "application/problem+json")
            #expect(answer.json["status"] == .int(answer.status))
            #expect(answer.json["instance"]?.string?.hasPrefix(path) == true)
        }
    }
}
