import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct AlertTests {
    private static let cluster = ClusterDescription(
        id: APIFixture.cluster,
        name: "orders-eu",
        labels: ["env": "prod", "severity": "not mine"]
    )

    @Test func aFiringAlertTellsAllOfTheContract() async throws {
        try await APIFixture.with(clusters: [Self.cluster]) { fixture in
            try await fixture.fire("orders")
            let alert = try #require(try await fixture.alerts().first)
            let expected: JSONObject = [
                "kind": "link_error", "severity": "critical", "state": "firing", "unconfirmed": false,
                "labels": [
                    "alertname": "LinkwatchLinkError", "env": "prod", "kafka_cluster_id": "lkc-1",
                    "kafka_cluster_name": "orders-eu", "kind": "link_error", "link_name": "orders",
                    "severity": "critical",
                ],
                "cluster_id": "lkc-1", "link_name": "orders", "cluster_link_id": "id-orders",
                "link_error": "TIMEOUT_ERROR", "code": "TIMEOUT_ERROR", "task": .null, "message": "no answer",
                "started_at": "2027-01-15T08:00:00.000Z", "fired_at": "2027-01-15T08:01:00.000Z",
                "last_observed_at": "2027-01-15T08:01:00.000Z", "resolved_at": .null, "resolved_reason": .null,
                "observations": 2, "acknowledged_by": .null, "acknowledgement": .null, "silenced_by": [],
                "flapping": false,
            ]
            for member in expected.members { #expect(alert[member.name] == member.value, "\(member.name)") }
            #expect(alert[path: "annotations", "summary"]?.string?.contains("orders") == true)
            #expect(alert[path: "annotations", "code"] == "TIMEOUT_ERROR")
            #expect(alert[path: "remediation", "first_step"]?.string?.isEmpty == false)
            #expect(alert["incident_id"] == alert["id"])
            #expect(alert["fingerprint"]?.string?.utf8.count == 16)
        }
    }

    @Test func pollsWithoutNewsAreCountedAndSeen() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            try await fixture.list([item("orders", APIFixture.broken)], times: 3)
            let alert = try #require(try await fixture.alerts().first)
            #expect(alert["observations"] == 5)
            #expect(alert["last_observed_at"] == "2027-01-15T08:04:00.000Z")
            let detail = try await fixture.get("/api/v1/alerts/" + (try await fixture.firingID())).json
            #expect(detail["observations"] == 5)
        }
    }

    @Test func anAlertThatIsOverTellsWhatItWas() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            try await fixture.list([item("orders")], times: 4)
            let alert = try #require(try await fixture.alerts().first)
            #expect(alert["state"] == "resolved" && alert["resolved_reason"] == "recovered")
            #expect(alert["resolved_at"] == "2027-01-15T08:03:00.000Z")
            // The fifth and sixth poll are nothing to it.
            #expect(alert["observations"] == 4)
            #expect(alert["last_observed_at"] == "2027-01-15T08:03:00.000Z")
            #expect(alert["incident_id"] == alert["id"])
        }
    }

    @Test func aPendingAlertHasNoIncidentAndTheLabelsOfItsCluster() async throws {
        try await APIFixture.with(clusters: [Self.cluster]) { fixture in
            try await fixture.list([item("orders", APIFixture.broken)], times: 1)
            let alert = try #require(try await fixture.alerts("?state=pending").first)
            #expect(alert["incident_id"] == .null && alert["fired_at"] == .null)
            #expect(alert[path: "labels", "kafka_cluster_name"] == "orders-eu")
            #expect(alert[path: "labels", "env"] == "prod")
        }
    }

    @Test func whatNobodySeesIsUnconfirmedAndStays() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            #expect(try await fixture.alerts().first?["unconfirmed"] == false)
            await fixture.fail("timeout", times: 3)
            let alerts = try await fixture.alerts("?state=firing")
            let told = alerts.map { [$0["kind"], $0["unconfirmed"]] }
            #expect(told == [["cluster_unreachable", false], ["link_error", true]])
            #expect(alerts.map { $0["observations"] } == [3, 2])
            #expect(alerts.map { $0["code"] } == ["timeout", "TIMEOUT_ERROR"])
            #expect(alerts[0]["link_name"] == .null && alerts[0]["cluster_link_id"] == .null)
            #expect(alerts[0]["last_observed_at"] == "2027-01-15T08:04:00.000Z")
        }
    }

    @Test func theAlertsOfAClusterThatLeftTheConfigurationStay() async throws {
        try await APIFixture.with(clusters: [Self.cluster]) { fixture in
            try await fixture.fire("orders")
            await fixture.store.configure([])
            let alert = try #require(try await fixture.alerts("?cluster_id=lkc-1").first)
            #expect(alert["state"] == "resolved" && alert["resolved_reason"] == "cluster_removed")
            #expect(alert["unconfirmed"] == false)
            #expect(alert[path: "labels", "kafka_cluster_name"] == "orders-eu")
            let detail = try await fixture.get("/api/v1/alerts/" + (alert["id"]?.string ?? ""))
            #expect(detail.status == 200)
        }
    }

    @Test func aDeletedLinkEndsItsAlert() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            try await fixture.list([], times: 1)
            #expect(try await fixture.alerts().first?["resolved_reason"] == "deleted")
        }
    }

    @Test func oneAlertTellsEachStepOfItsLife() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let id = try await fixture.firingID()
            try await fixture.list([item("orders", ["link_error": "AUTHENTICATION_ERROR"])], times: 1)
            try await fixture.list([item("orders")], times: 2)
            let events = (try await fixture.get("/api/v1/alerts/" + id).json["events"]?.array ?? []).compactMap(
                \.object
            )
            #expect(events.map { $0["kind"] } == ["began", "fired", "code_changed", "recovering", "resolved"])
            #expect(events.map { $0["code"] } == ["TIMEOUT_ERROR", .null, "AUTHENTICATION_ERROR", .null, .null])
            #expect(events.map { $0["observations"] } == [1, 2, 3, 4, 5])
            #expect(events[0]["severity"] == "critical" && events[0]["message"] == "no answer")
            #expect(events[1]["at"] == "2027-01-15T08:01:00.000Z")
        }
    }

    @Test func oneAlertTellsWhoWasToldOfIt() async throws {
        let alerting = AlertConfiguration(targets: [NotificationTarget(name: "pager", kind: .webhook)])
        try await APIFixture.with(alerting: alerting) { fixture in
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/" + (try await fixture.firingID())
            var told = try #require(try await fixture.get(path).json["notifications"]?.array?.first?.object)
            #expect(told["receiver"] == "pager" && told["type"] == "firing" && told["state"] == "waiting")
            #expect(told["ended_at"] == .null && told["failed_attempts"] == 0)
            let waiting = try #require(try await fixture.store.oldestNotification(for: "pager"))
            let until = fixture.clock.now().advanced(by: .seconds(9))
            try await fixture.store.record(.postponed(attempts: 1, until: until), of: waiting.id, for: "pager")
            told = try #require(try await fixture.get(path).json["notifications"]?.array?.first?.object)
            #expect(told["failed_attempts"] == 1 && told["state"] == "waiting")
            try await fixture.store.record(.delivered, of: waiting.id, for: "pager")
            told = try #require(try await fixture.get(path).json["notifications"]?.array?.first?.object)
            #expect(told["state"] == "delivered" && told["ended_at"] == "2027-01-15T08:02:00.000Z")
            try await fixture.list([item("orders")], times: 2)
            let end = try #require(try await fixture.store.oldestNotification(for: "pager"))
            try await fixture.store.record(.givenUp(reason: "expired"), of: end.id, for: "pager")
            let all = try await fixture.get(path).json["notifications"]?.array?.compactMap(\.object) ?? []
            #expect(all.map { $0["type"] } == ["firing", "resolved"])
            #expect(all.map { $0["failure"] } == [.null, "expired"])
            #expect(all.last?["state"] == "given_up")
        }
    }

    @Test(arguments: ["none", "%00", "%FF", "..%2F", "ffffffffffffffff"])
    func anAlertThatIsNotThereIsAProblem(id: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v1/alerts/" + id)
            #expect([400, 404].contains(answer.status))
            #expect(answer.status == 400 || answer.problem == "unknown-alert")
        }
    }

    @Test func theTagIsOfTheContent() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            for path in ["/api/v1/alerts", "/api/v1/alerts/" + (try await fixture.firingID()), "/api/v1/incidents"] {
                let answer = try await fixture.get(path)
                let tag = try #require(answer.fields["etag"])
                let again = try await fixture.get(path, ["If-None-Match": tag])
                #expect(again.status == 304 && again.body.isEmpty)
                #expect(again.fields["linkwatch-sequence"] == "1")
                let packed = try await fixture.get(path, ["Accept-Encoding": "gzip"])
                #expect(packed.fields["content-encoding"] == "gzip")
                let head = try await fixture.client.send("HEAD", path)
                #expect(head.status == 200 && head.fields["content-length"] == answer.fields["content-length"])
            }
            let tag = try #require(try await fixture.get("/api/v1/alerts").fields["etag"])
            try await fixture.list([item("orders", APIFixture.broken)], times: 1)
            #expect(try await fixture.get("/api/v1/alerts", ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func aRestartChangesNothingOfThem() async throws {
        try await withTemporaryFolder { folder in
            let clock = HandClock()
            var before: [JSONObject] = []
            try await APIFixture.with(clock: clock, folder: folder) { fixture in
                try await fixture.fire("orders")
                try await fixture.post(
                    "/api/v1/alerts/\(try await fixture.firingID())/ack",
                    #"{"by":"ada","comment":"x"}"#
                )
                try await fixture.silence("kind", "link_error")
                before = try await fixture.alerts()
            }
            try await APIFixture.with(clock: clock, folder: folder) { fixture in
                let after = try await fixture.alerts()
                #expect(after == before)
                #expect(before.first?["silenced_by"]?.array?.count == 1)
                #expect(before.first?["acknowledged_by"] == "ada")
            }
        }
    }
}
