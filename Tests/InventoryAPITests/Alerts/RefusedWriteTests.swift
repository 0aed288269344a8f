import Alerting
import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import InventoryAPI
import Testing

/// What is told and done while the database stores nothing.
struct RefusedWriteTests {
    private static let ack = #"{"by":"ada","comment":"mine"}"#
    private static let silence =
        #"{"matchers":[{"name":"env","value":"x"}],"created_by":"a","comment":"b","ends_at":"2027-01-16T00:00:00Z"}"#

    /// Makes every commit fail, or lets them pass again.
    private static func refuse(_ refuses: Bool, _ path: String) throws {
        try DatabaseQueue(path: path).write { db in
            for table in ["poll_runs", "alerts", "silences", "audit"] {
                for event in ["INSERT", "UPDATE"] {
                    try db.execute(
                        sql: refuses
                            ? """
                            CREATE TRIGGER refuse_\(table)_\(event) BEFORE \(event) ON \(table)
                            BEGIN SELECT RAISE(ABORT, 'refused'); END
                            """ : "DROP TRIGGER refuse_\(table)_\(event)"
                    )
                }
            }
        }
    }

    @Test func whatPeopleWantIsNotDoneAndSaid() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/\(try await fixture.firingID())/ack"
            let silence = try await fixture.silence("env", "prod")
            try Self.refuse(true, fixture.database)
            for answer in [
                try await fixture.post(path, Self.ack), try await fixture.post("/api/v1/silences", Self.silence),
                try await fixture.delete("/api/v1/silences/" + silence),
            ] {
                #expect(answer.status == 503 && answer.problem == "not-stored", "\(answer.text)")
                #expect(answer.fields["retry-after"] != nil)
            }
            #expect(try await fixture.alerts().first?["acknowledged_by"] == .null)
            let silences = try await fixture.get("/api/v1/silences").items
            #expect(silences.map { $0["id"]?.string } == [silence])
            try Self.refuse(false, fixture.database)
            #expect(try await fixture.post(path, Self.ack).status == 200)
            let audit = try await fixture.get("/api/v1/audit").items
            #expect(audit.map { $0["action"] } == ["alert.acknowledge", "silence.create"])
        }
    }

    @Test func aPollAndAReloadAreDoneAllTheSame() async throws {
        let token = AccessPolicy.Token(name: "root", role: .admin) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            let root = ["Authorization": "Bearer secret"]
            try Self.refuse(true, fixture.database)
            for path in ["/api/v1/clusters/lkc-1/poll", "/-/reload"] {
                let answer = try await fixture.post(path, "{}", root)
                #expect(answer.status == 200, "\(answer.text)")
            }
            try Self.refuse(false, fixture.database)
            #expect(try await fixture.get("/api/v1/audit", root).items.isEmpty)
        }
    }

    @Test func thePresentIsToldAlthoughItIsNotStored() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            try Self.refuse(true, fixture.database)
            try await fixture.list(["orders", "late"].map { item($0, APIFixture.broken) }, times: 2)
            let firing = try await fixture.alerts("?state=firing")
            #expect(firing.map { $0["link_name"] } == ["late", "orders"])
            let id = try #require(firing.first?["id"]?.string)
            let detail = try await fixture.get("/api/v1/alerts/" + id)
            #expect(detail.status == 200 && detail.json["events"] == [])
            #expect(try await fixture.get("/api/v1/incidents").items.count == 2)
            #expect(try await fixture.get("/api/v1/incidents/" + id).status == 200)
            let metrics = try await fixture.get("/metrics").text
            #expect(metrics.contains(#"link_name="late"} 1"#))
            let answer = try await fixture.post("/api/v1/alerts/\(id)/ack", Self.ack)
            #expect(answer.status == 503 && answer.problem == "not-stored")
            try Self.refuse(false, fixture.database)
            await fixture.store.storeSightings()
            let stored = try await fixture.get("/api/v1/alerts/" + id).json
            #expect(stored["events"]?.array?.count == 2)
            #expect(try await fixture.post("/api/v1/alerts/\(id)/ack", Self.ack).status == 200)
        }
    }
}
