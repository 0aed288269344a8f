import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct AlertListTests {
    private static let other = ClusterID("lkc-2")
    private static let clusters = [
        ClusterDescription(id: APIFixture.cluster, name: "orders"), ClusterDescription(id: other, name: "payments"),
    ]

    /// Alerts of every state and several kinds on two clusters.
    private static func withAlerts(_ body: (APIFixture) async throws -> Void) async throws {
        let rules = AlertRules(clusterName: "payments", expectedLinks: [try #require(LinkName("missed"))])
        let alerting = AlertConfiguration(rules: [other: rules])
        try await APIFixture.with(clusters: clusters, alerting: alerting) { fixture in
            try await fixture.fire("a", "b")
            try await fixture.list([item("a"), item("b", APIFixture.broken)], times: 2)
            try await fixture.list([item("c", ["link_state": "FAILED"])], times: 2, on: other)
            try await fixture.list([item("a", APIFixture.broken), item("b", APIFixture.broken)], times: 1)
            await fixture.fail("timeout", times: 1, on: other)
            try await body(fixture)
        }
    }

    @Test(arguments: [
        ("", 6), ("?state=pending", 2), ("?state=firing", 3), ("?state=resolved", 1),
        ("?state=pending,firing,resolved", 6), ("?kind=link_error", 3), ("?kind=link_error,link_missing", 4),
        ("?kind=task_error", 0), ("?severity=critical", 6), ("?severity=warning", 0), ("?cluster_id=lkc-1", 3),
        ("?cluster_id=lkc-1,lkc-2", 6), ("?cluster_id=lkc-9", 0), ("?cluster_id=", 0), ("?link_name=a", 2),
        ("?link_name=A", 0), ("?link_name=missed", 1), ("?link_name=a&state=resolved", 1),
        ("?kind=link_error&state=firing&cluster_id=lkc-1&severity=critical", 1), ("?fingerprint=none", 0),
    ])
    func filtersSelect(query: String, count: Int) async throws {
        try await Self.withAlerts { fixture in
            let alerts = try await fixture.alerts(query)
            #expect(alerts.count == count)
        }
    }

    @Test func theOccurrencesOfOneAlertAreFoundByItsFingerprint() async throws {
        try await Self.withAlerts { fixture in
            let ofA = try await fixture.alerts("?link_name=a")
            let fingerprints = Set(ofA.compactMap { $0["fingerprint"]?.string })
            #expect(fingerprints.count == 1 && Set(ofA.compactMap { $0["id"]?.string }).count == 2)
            #expect(try await fixture.alerts("?fingerprint=" + (fingerprints.first ?? "")) == ofA)
        }
    }

    @Test func pagesAreNewestFirstWhereverTheyAreReadFrom() async throws {
        try await Self.withAlerts { fixture in
            let all = try await fixture.alerts()
            let keys = all.map { [$0["started_at"]?.string ?? "", $0["id"]?.string ?? ""] }
            #expect(keys == keys.sorted { $1.lexicographicallyPrecedes($0) })
            for limit in 1...all.count {
                let paged = try await fixture.pages("/api/v1/alerts?limit=\(limit)")
                #expect(paged == all, "\(limit)")
            }
        }
    }

    @Test func anAlertThatEndsBetweenTwoPagesIsNotToldTwice() async throws {
        try await Self.withAlerts { fixture in
            let first = try await fixture.get("/api/v1/alerts?limit=3")
            try await fixture.list([], times: 1)
            let cursor = try #require(first.nextCursor)
            let rest = try await fixture.get("/api/v1/alerts?limit=100&cursor=" + cursor)
            let ids = (first.items + rest.items).compactMap { $0["id"]?.string }
            #expect(ids.count == 6 && Set(ids).count == 6)
        }
    }

    @Test(arguments: [
        "state=open", "state=", "state=firing,", "kind=link", "severity=high", "limit=0", "limit=1001", "cursor=x",
        "state=firing&state=pending", "nope=1", "label.env=x", "at=2027-01-15T08:00:00Z",
    ])
    func aBadValueIsRefused(query: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v1/alerts?" + query)
            #expect(answer.status == 400)
        }
    }

    @Test func aCursorBelongsToItsFilters() async throws {
        try await Self.withAlerts { fixture in
            let cursor = try #require(try await fixture.get("/api/v1/alerts?limit=1").nextCursor)
            let answer = try await fixture.get("/api/v1/alerts?limit=1&state=firing&cursor=" + cursor)
            #expect(answer.status == 400 && answer.problem == "bad-cursor")
        }
    }
}
