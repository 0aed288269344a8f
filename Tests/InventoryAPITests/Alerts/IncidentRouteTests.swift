import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct IncidentRouteTests {
    private static let path = "/api/v1/incidents"

    /// Two links towards one cluster with one code, and another that has nothing to do with them.
    private static func withIncidents(_ body: (APIFixture) async throws -> Void) async throws {
        let alerting = AlertConfiguration(targets: [NotificationTarget(name: "pager", kind: .webhook)])
        try await APIFixture.with(alerting: alerting) { fixture in
            var towards = APIFixture.broken
            towards["remote_cluster_id"] = "lkc-9"
            try await fixture.list([item("a", towards), item("b", towards), item("c")], times: 2)
            let other = item("c", ["link_error": "AUTHENTICATION_ERROR"])
            try await fixture.list([item("a", towards), item("b", towards), other], times: 2)
            try await body(fixture)
        }
    }

    @Test func alertsWithOneCauseAreOneIncident() async throws {
        try await Self.withIncidents { fixture in
            let incidents = try await fixture.get(Self.path).items
            #expect(incidents.map { $0["alerts_firing"] } == [1, 2])
            let shared = incidents[1]
            #expect(shared["state"] == "open" && shared["severity"] == "critical" && shared["closed_at"] == .null)
            #expect(shared["reason"] == "2 links towards cluster lkc-9 reported TIMEOUT_ERROR")
            #expect(shared["notification_count"] == 1)
            let children = (shared["children"]?.array ?? []).compactMap(\.object)
            #expect(children.map { $0["link_name"] } == ["a", "b"])
            #expect(children[1][path: "grounds", "shared"] == "remote_cluster")
            let evidence = shared["evidence"]?.array?.first?.object
            #expect(evidence?["remote_cluster_id"] == "lkc-9" && evidence?["code"] == "TIMEOUT_ERROR")
            #expect(evidence?["alert_ids"] == .array([children[1]["alert_id"] ?? .null]))
            for child in children {
                let alert = try await fixture.get("/api/v1/alerts/" + (child["alert_id"]?.string ?? "")).json
                #expect(alert["incident_id"] == shared["id"])
            }
            let detail = try await fixture.get(Self.path + "/" + (shared["id"]?.string ?? "")).json
            for member in shared.members { #expect(detail[member.name] == member.value) }
            #expect(detail["notifications"]?.array?.count == 1)
        }
    }

    @Test func anIncidentIsOpenUntilItsLastAlertResolves() async throws {
        try await Self.withIncidents { fixture in
            let id = try await fixture.get(Self.path).items[1]["id"]?.string ?? ""
            var towards = APIFixture.broken
            towards["remote_cluster_id"] = "lkc-9"
            try await fixture.list([item("a"), item("b", towards), item("c")], times: 2)
            let left = try await fixture.get(Self.path).items
            #expect(left.map { $0["id"]?.string } == [id])
            #expect(left[0]["alerts_firing"] == 1 && left[0]["alerts_total"] == 2)
            #expect(try await fixture.get(Self.path + "?state=closed").items.count == 1)
            try await fixture.list([item("a"), item("b"), item("c")], times: 2)
            #expect(try await fixture.get(Self.path).items.isEmpty)
            let closed = try await fixture.get(Self.path + "?state=closed").items
            #expect(closed.count == 2 && closed[1]["id"]?.string == id)
            #expect(closed[1]["closed_at"] == "2027-01-15T08:07:00.000Z" && closed[1]["state"] == "closed")
            #expect(closed[1]["notification_count"] == 2)
            #expect(try await fixture.get(Self.path + "/" + id).json["state"] == "closed")
        }
    }

    @Test func pagesGoFromWhatIsOpenToWhatIsClosed() async throws {
        try await Self.withIncidents { fixture in
            try await fixture.list([item("c", ["link_error": "AUTHENTICATION_ERROR"])], times: 1)
            try await fixture.fire("d")
            let all = Self.path + "?state=open,closed"
            let whole = try await fixture.get(all).items
            #expect(whole.map { $0["state"] } == ["open", "closed", "closed"])
            let opened = whole.compactMap { $0["opened_at"]?.string }
            #expect(opened == opened.sorted(by: >))
            let paged = try await fixture.pages(all + "&limit=1")
            #expect(paged == whole)
        }
    }

    @Test(arguments: ["?state=firing", "?state=", "?limit=0", "?cursor=x", "?kind=link_error"])
    func aBadQuestionIsRefused(query: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + query)
            #expect(answer.status == 400)
        }
    }

    @Test func anIncidentThatIsNotThereIsAProblem() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + "/none")
            #expect(answer.status == 404 && answer.problem == "unknown-incident")
        }
    }
}
