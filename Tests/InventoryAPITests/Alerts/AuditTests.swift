import ClusterLinks
import ExactJSON
import Inventory
import InventoryAPI
import Testing

struct AuditTests {
    @Test func whatPeopleDidIsToldNewestFirst() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let alert = try await fixture.firingID()
            try await fixture.post("/api/v1/alerts/\(alert)/ack", #"{"by":"ada","comment":"mine"}"#)
            let silence = try await fixture.silence("env", "prod")
            try await fixture.delete("/api/v1/silences/" + silence)
            try await fixture.delete("/api/v1/alerts/\(alert)/ack")
            let entries = try await fixture.get("/api/v1/audit").items
            #expect(
                entries.map { $0["action"] } == [
                    "alert.withdraw", "silence.end", "silence.create", "alert.acknowledge",
                ]
            )
            #expect(entries.map { $0["target"]?.string } == [alert, silence, silence, alert])
            #expect(entries.map { $0["actor"] } == ["loopback", "loopback", "loopback", "loopback"])
            #expect(entries.map { $0["peer"] } == ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1"])
            #expect(entries[3][path: "detail", "comment"] == "mine")
            #expect(entries[2][path: "detail", "created_by"] == "ada")
            #expect(entries[0]["at"] == "2027-01-15T08:02:00.000Z")
            let paged = try await fixture.pages("/api/v1/audit?limit=3")
            #expect(paged == entries)
        }
    }

    @Test func pollsAndReloadsAreInItAndRefusedRequestsAreNot() async throws {
        let token = AccessPolicy.Token(name: "root", role: .admin) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            let root = ["Authorization": "Bearer secret"]
            try await fixture.post("/api/v1/clusters/lkc-1/poll", "{}", root)
            try await fixture.post("/-/reload", "{}", root)
            fixture.reloading.refuse(.invalid(problems: ["line 3: odd", "line 9: worse"]))
            try await fixture.post("/-/reload", "{}", root)
            let refused = [
                try await fixture.post("/-/reload", "{}"),
                try await fixture.post("/api/v1/clusters/none/poll", "{}", root),
            ]
            #expect(refused.map(\.status) == [401, 404])
            let entries = try await fixture.get("/api/v1/audit", root).items
            #expect(entries.map { $0["action"] } == ["configuration.reload", "configuration.reload", "cluster.poll"])
            #expect(entries.map { $0["target"] } == ["linkwatch.yaml", "linkwatch.yaml", "lkc-1"])
            #expect(entries.allSatisfy { $0["actor"] == "root" && $0["peer"] == "127.0.0.1" })
            #expect(entries[0]["detail"] == ["taken_up": false, "problems": 2])
            #expect(entries[1]["detail"] == ["taken_up": true, "added": 1, "removed": 0, "changed": 1])
        }
    }

    @Test(arguments: ["audit", "silences", "silences?state=expired"])
    func whoMayActMaySeeWhoDid(path: String) async throws {
        let policy = AccessPolicy(tokens: [
            AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" },
            AccessPolicy.Token(name: "oncall", role: .operate) { "operate-secret" },
        ])
        try await APIFixture.with(policy: policy) { fixture in
            let expected = [("read-secret", 403), ("operate-secret", 200), ("", 401)]
            for (secret, status) in expected {
                let answer = try await fixture.get("/api/v1/" + path, ["Authorization": "Bearer " + secret])
                #expect(answer.status == status)
            }
        }
    }
}
