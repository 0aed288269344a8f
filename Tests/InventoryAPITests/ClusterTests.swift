import ClusterLinks
import ExactJSON
import Inventory
import InventoryAPI
import Testing

struct ClusterTests {
    @Test func aClusterTellsHowItsPollsGo() async throws {
        let description = ClusterDescription(
            id: APIFixture.cluster,
            name: "orders",
            labels: ["env": "prod"],
            endpointHost: "pkc-1.confluent.cloud"
        )
        try await APIFixture.with(clusters: [description]) { fixture in
            try await fixture.list([item("a"), item("b", ["link_error": "X"]), ["link_name": "", "odd": 1]])
            fixture.clock.advance(by: .seconds(2))
            await fixture.fail("server", status: 503)
            let failure: JSONObject = [
                "reason": "server", "http_status": 503, "message": "no answer", "at": "2027-01-15T08:00:02.000Z",
            ]
            let expected: JSONObject = [
                "cluster_id": "lkc-1", "name": "orders", "labels": ["env": "prod"],
                "endpoint_host": "pkc-1.confluent.cloud", "configured": true, "stale": false,
                "links": ["total": 2, "ok": 1, "degraded": 0, "error": 1, "unknown": 0], "ghosts": 1,
                "last_poll": [
                    "at": "2027-01-15T08:00:02.000Z", "outcome": "failure", "reason": "server", "http_status": 503,
                    "message": "no answer", "duration_seconds": .double(0.005),
                ],
                "last_success_at": "2027-01-15T08:00:00.000Z", "next_poll_at": "2027-01-15T08:00:09.000Z",
                "consecutive_failures": 1, "last_failure": .object(failure),
            ]
            let listed = try await fixture.get("/api/v1/clusters").items
            #expect(listed == [expected])
            var one = try await fixture.get("/api/v1/clusters/lkc-1").json
            #expect(one["ghost_records"] == [["link_name": "", "odd": 1]])
            one["ghost_records"] = nil
            #expect(one == expected)
        }
    }

    @Test func aRetiredClusterIsShownOnlyWhenAskedFor() async throws {
        let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0), labels: ["n": $0]) }
        try await APIFixture.with(clusters: clusters) { fixture in
            await fixture.store.configure(Array(clusters.prefix(1)))
            for (query, expected) in [
                ("", ["lkc-1"]), ("?configured=any", ["lkc-1", "lkc-2"]), ("?configured=false", ["lkc-2"]),
                ("?cluster_id=lkc-2", []), ("?configured=any&label.n=lkc-2,x", ["lkc-2"]),
            ] {
                let ids = try await fixture.get("/api/v1/clusters" + query).items.compactMap {
                    $0["cluster_id"]?.string
                }
                #expect(ids == expected, "\(query)")
            }
            let poll = try await fixture.poll("lkc-2")
            #expect(poll.status == 409)
            #expect(poll.problem == "retired-cluster")
            let retired = try await fixture.get("/api/v1/clusters/lkc-2").json
            #expect(retired["configured"] == false)
            #expect(retired["next_poll_at"] == .null)
        }
    }

    @Test func aPollIsAnsweredWithItsOutcome() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.poll("lkc-1")
            #expect(answer.status == 200)
            #expect(answer.json["outcome"] == "failure")
            #expect(answer.json["reason"] == "timeout")
            #expect(answer.json["changes"] == 0)
            let unknown = try await fixture.poll("none")
            #expect(unknown.status == 404)
            fixture.polls.refuse(.unavailable(reason: "the poller has stopped"))
            let refused = try await fixture.poll("lkc-1")
            #expect(refused.status == 503)
            #expect(refused.fields["retry-after"] == "1")
            // As at the start, before the poller is told of the clusters that the inventory knows.
            fixture.polls.refuse(.notConfigured)
            let early = try await fixture.poll("lkc-1")
            #expect(early.status == 503)
            #expect(early.fields["retry-after"] == "1")
        }
    }
}

extension APIFixture {
    fileprivate func poll(_ cluster: String) async throws -> Answer {
        try await client.send(
            "POST",
            "/api/v1/clusters/\(cluster)/poll",
            fields: ["Content-Type": "application/json"]
        )
    }
}
