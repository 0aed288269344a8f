import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// The document that goes into a support ticket.
struct EvidenceTests {
    private static let path = "/api/v1/clusters/lkc-1/links/orders/evidence"

    private static func withIncident(_ body: (APIFixture) async throws -> Void) async throws {
        let cluster = ClusterDescription(
            id: ClusterID("lkc-1"),
            name: "eu",
            labels: ["env": "prod"],
            endpointHost: "kafka.example"
        )
        try await APIFixture.with(clusters: [cluster]) { fixture in
            try await fixture.list([item("orders", ["rate": .double(1.5)])])
            fixture.clock.advance(by: .seconds(60))
            let broken: JSONObject = [
                "link_error": "TIMEOUT_ERROR", "link_error_message": "slow", "topic_names": ["b", "c"],
            ]
            try await fixture.list([item("orders", broken)])
            fixture.clock.advance(by: .seconds(30))
            await fixture.fail("server", status: 503)
            await fixture.store.storeSightings()
            fixture.clock.advance(by: .seconds(30))
            try await body(fixture)
        }
    }

    @Test func oneDocumentTellsTheWholeIncident() async throws {
        try await Self.withIncident { fixture in
            let json = try await fixture.get(Self.path + "?from=2027-01-15T08:00:30Z").json
            #expect(json["generated_at"] == "2027-01-15T08:02:00.000Z")
            #expect(json["service"] == ["name": "linkwatch", "version": "1.2.3"])
            #expect(
                json["cluster"] == [
                    "cluster_id": "lkc-1", "name": "eu", "labels": ["env": "prod"], "endpoint_host": "kafka.example",
                    "configured": true,
                ]
            )
            #expect(json["link_name"] == "orders")
            #expect(
                json["incarnations"] == [
                    [
                        "cluster_link_id": "id-orders", "first_observed_at": "2027-01-15T08:00:00.000Z",
                        "deleted_at": .null,
                    ]
                ]
            )
            #expect(json["from"] == "2027-01-15T08:00:30.000Z")
            #expect(json["to"] == "2027-01-15T08:02:00.000Z")
            #expect(json["before"]?.object?["valid_from"] == "2027-01-15T08:00:00.000Z")
            #expect(json["before"]?.object?["valid_to"] == "2027-01-15T08:01:00.000Z")
            #expect(json["before"]?.object?["document"]?.object?["topic_names"] == ["a", "b"])
            #expect(json["after"]?.object?["valid_to"] == .null)
            #expect(json["after"]?.object?["document"]?.object?["link_error_message"] == "slow")
            #expect(
                json["difference"] == [
                    "link_error": ["from": .null, "to": "TIMEOUT_ERROR"],
                    "link_error_message": ["from": .null, "to": "slow"],
                    "rate": ["from": .double(1.5), "to": .null],
                    "topic_names": ["added": ["c"], "removed": ["a"]],
                ]
            )
            let versions = json["versions"]?.array?.compactMap(\.object) ?? []
            #expect(versions.map { $0["changed"]?.array?.count } == [4, 0])
            let errors = json["errors"]?.array?.compactMap(\.object) ?? []
            #expect(errors.map { $0["link_error"] } == ["TIMEOUT_ERROR"])
            #expect(errors.first?["messages"]?.array?.count == 1)
            let polls = json["polls"]?.array?.compactMap(\.object) ?? []
            #expect(polls.map { $0["reason"] } == ["server", .null])
            #expect(polls.first?["message"] == "no answer")
            let availability = json["availability"]?.object
            #expect(availability?["availability"] == .double(1.0 / 3))
            #expect(availability?["episodes"] == 1)
            #expect(json["truncated"] == false)
            #expect(json["ask_instead"] == [])
        }
    }

    @Test func theAlertsOfTheWindowAreInIt() async throws {
        try await Self.withIncident { fixture in
            await fixture.fail("timeout")
            let json = try await fixture.get(Self.path + "?from=2027-01-15T08:00:30Z").json
            let alerts = json["alerts"]?.array?.compactMap(\.object) ?? []
            #expect(alerts.map { $0["kind"] } == ["cluster_unreachable", "link_error"])
            #expect(alerts.map { $0["state"] } == ["firing", "pending"])
            #expect(alerts[1]["message"] == "slow" && alerts[1][path: "remediation", "meaning"]?.string != nil)
            let before = try await fixture.get(Self.path + "?to=2027-01-15T08:00:30Z&from=2027-01-15T08:00:00Z").json
            #expect(before["alerts"] == [])
        }
    }

    @Test func itReachesBackADay() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders", ["link_error": "OLD"])])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders")])
            fixture.clock.advance(by: .seconds(86_400))
            let json = try await fixture.get(Self.path).json
            #expect(json["from"] == "2027-01-15T08:01:00.000Z")
            #expect(json["before"]?.object?["document"]?.object?["link_error"] == "OLD")
            #expect(json["versions"]?.array?.count == 1)
            #expect(json["errors"] == [])
            let more = try await fixture.get(Self.path + "?window=2d").json
            #expect(more["before"] == .null)
            #expect(more["versions"]?.array?.count == 2)
            // As in a list of versions, everything differs from nothing.
            #expect(more["difference"]?.object?["link_name"]?.object?["to"] == "orders")
        }
    }

    @Test func itSpansTheIncarnationsOfAName() async throws {
        try await APIFixture.with { fixture in
            for id in ["first", "second"] {
                try await fixture.list([item("orders", ["cluster_link_id": .string(id)])])
                fixture.clock.advance(by: .seconds(60))
            }
            let all = try await fixture.get(Self.path).json
            #expect(all["incarnations"]?.array?.count == 2)
            #expect(all["versions"]?.array?.count == 2)
            let first = try await fixture.get(Self.path + "?cluster_link_id=first").json
            #expect(first["versions"]?.array?.count == 1)
            #expect(first["after"] == .null)
        }
    }

    @Test func whatIsLeftOutIsToldWhereToAsk() async throws {
        try await APIFixture.with { fixture in
            // Three of them are more than one document may be long.
            let text = String(repeating: "x", count: 3 << 20)
            for step in 0..<3 {
                try await fixture.list([item("or/ders", ["text": .string("\(step)\(text)")])])
                fixture.clock.advance(by: .seconds(1))
            }
            let path = "/api/v1/clusters/lkc-1/links/or%2Fders"
            let json = try await fixture.get(path + "/evidence?cluster_link_id=id-or%2Fders").json
            #expect(json["truncated"] == true)
            #expect(json["versions"]?.array?.count == 2)
            let instead = (json["ask_instead"]?.array ?? []).compactMap(\.string)
            #expect(instead.count == 1)
            let page = try await fixture.get(try #require(instead.first))
            #expect(page.status == 200)
            #expect(page.items.count == 3)
        }
    }
}
