import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct HistoryTests {
    @Test func versionsTellWhatChangedAndTheDocument() async throws {
        try await Self.withFlappingLink { fixture in
            let versions = try await fixture.get("/api/v1/clusters/lkc-1/links/orders/history").items
            #expect(
                versions.map { $0["valid_from"]?.string?.dropFirst(11) } == [
                    "08:02:00.000Z", "08:01:00.000Z", "08:00:00.000Z",
                ]
            )
            #expect(versions.map { $0["valid_to"]?.string?.dropFirst(11) } == [nil, "08:02:00.000Z", "08:01:00.000Z"])
            #expect(versions.first?["valid_to"] == .null)
            #expect(
                versions.map { $0["changed"] } == [
                    ["link_error", "link_error_message"], ["link_error", "link_error_message"], [],
                ]
            )
            let document = try #require(versions[1]["link"]?.object)
            #expect(document["link_error"] == "TIMEOUT_ERROR")
            #expect(document["rate"].map { String(decoding: $0.encoded, as: UTF8.self) } == "1.10")
            #expect(document["health"] == "odd")
            #expect(Set(LinkListTests.upstreamFields).isSubset(of: Set(document.members.map(\.name))))
        }
    }

    @Test func episodesHaveEveryField() async throws {
        try await Self.withFlappingLink { fixture in
            let episode = try #require(
                try await fixture.get("/api/v1/clusters/lkc-1/links/orders/errors").items.first
            )
            let expected: JSONObject = [
                "cluster_id": "lkc-1", "link_name": "orders", "cluster_link_id": "id-orders",
                "link_error": "TIMEOUT_ERROR", "link_error_message": "slow", "link_state": .null,
                "started_at": "2027-01-15T08:01:00.000Z", "ended_at": "2027-01-15T08:02:00.000Z",
                "duration_seconds": 60, "blind_seconds": 0, "ongoing": false, "observations": 1,
                "last_observed_at": "2027-01-15T08:01:00.000Z", "started_before_observation": false,
                "messages": [["at": "2027-01-15T08:01:00.000Z", "message": "slow"]],
            ]
            #expect(episode == expected)
        }
    }

    @Test(arguments: [
        ("", 3), ("?from=2027-01-15T08:01:00Z", 2), ("?from=2027-01-15T08:02:00Z", 1), ("?to=2027-01-15T08:01:00Z", 1),
        ("?to=2027-01-15T08:01:00.001Z", 2), ("?from=2027-01-15T08:01:00Z&to=2027-01-15T08:02:00Z", 1),
        ("?from=2027-01-15T09:01:30%2B01:00&to=2027-01-15T09:01:30%2B01:00", 1), ("?to=2026-01-01T00:00:00Z", 0),
    ])
    func aSpanShowsTheVersionsThatOverlapIt(query: String, count: Int) async throws {
        try await Self.withFlappingLink { fixture in
            let versions = try await fixture.get("/api/v1/clusters/lkc-1/links/orders/history" + query).items
            #expect(versions.count == count)
        }
    }

    @Test(arguments: [
        "from=yesterday", "from=2027-01-15", "to=2027-02-30T00:00:00Z", "from=", "from=1800000000",
        "from=2027-01-15T08:02:00Z&to=2027-01-15T08:01:00Z", "at=2027-01-15T08:02:00Z", "from=2027-01-15T08:02:00",
    ])
    func aBadSpanIsRefused(query: String) async throws {
        try await Self.withFlappingLink { fixture in
            for path in ["links/orders/history", "links/orders/errors", "snapshots", "polls"] {
                let answer = try await fixture.get("/api/v1/clusters/lkc-1/\(path)?\(query)")
                #expect(answer.status == 400)
                #expect(answer.problem == (query.hasPrefix("at") ? "unknown-parameter" : "bad-parameter"))
            }
        }
    }

    @Test func snapshotsAndPollsTellWhatWasSeen() async throws {
        try await Self.withFlappingLink { fixture in
            await fixture.fail("server", status: 503)
            await fixture.store.storeSightings()
            let snapshots = try await fixture.get("/api/v1/clusters/lkc-1/snapshots").items
            #expect(snapshots.map { $0["error_count"] } == [0, 1, 0])
            #expect(snapshots.map { $0["current"] } == [true, false, false])
            let runs = try await fixture.get("/api/v1/clusters/lkc-1/polls").items
            #expect(
                runs == [
                    [
                        "outcome": "failure", "reason": "server", "http_status": 503, "message": "no answer",
                        "first_at": "2027-01-15T08:02:00.001Z", "last_at": "2027-01-15T08:02:00.001Z", "count": 1,
                        "mean_duration_seconds": .double(0.005),
                    ],
                    [
                        "outcome": "success", "reason": .null, "http_status": 200, "message": .null,
                        "first_at": "2027-01-15T08:00:00.000Z", "last_at": "2027-01-15T08:02:00.000Z", "count": 3,
                        "mean_duration_seconds": .double(0.005),
                    ],
                ]
            )
        }
    }

    private static func withFlappingLink(_ body: (APIFixture) async throws -> Void) async throws {
        let odd = try JSONValue(parsing: #"{"rate":1.10,"health":"odd"}"#).object ?? [:]
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders", odd)])
            fixture.clock.advance(by: .seconds(60))
            var broken = odd
            broken["link_error"] = "TIMEOUT_ERROR"
            broken["link_error_message"] = "slow"
            try await fixture.list([item("orders", broken)])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", odd)])
            try await body(fixture)
        }
    }
}
