import ClusterLinks
import ExactJSON
import Inventory
import InventoryAPI
import Testing

struct AcknowledgementTests {
    private static let ada = #"{"by":"ada","comment":"looking at it"}"#

    @Test func whoTakesCareIsToldEverywhere() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            try await fixture.list([item("orders", APIFixture.broken)], times: 1)
            let path = "/api/v1/alerts/" + (try await fixture.firingID())
            let answer = try await fixture.post(path + "/ack", Self.ada)
            #expect(answer.status == 200)
            let expected: JSONValue = ["by": "ada", "comment": "looking at it", "at": "2027-01-15T08:03:00.000Z"]
            #expect(answer.json["acknowledgement"] == expected && answer.json["state"] == "firing")
            #expect(try await fixture.alerts().first?["acknowledgement"] == expected)
            let detail = try await fixture.get(path).json
            #expect(detail["acknowledgement"] == expected)
            let last = detail["events"]?.array?.last?.object
            #expect(last?["kind"] == "acknowledged" && last?["message"] == "ada: looking at it")
            #expect(last?["observations"] == 3)
        }
    }

    @Test func itIsTakenBack() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/" + (try await fixture.firingID())
            try await fixture.post(path + "/ack", Self.ada)
            let answer = try await fixture.delete(path + "/ack")
            #expect(answer.status == 200 && answer.json["acknowledged_by"] == .null)
            let kinds = try await fixture.get(path).json["events"]?.array?.map { $0.object?["kind"] }
            #expect(kinds?.suffix(2) == ["acknowledged", "acknowledgement_withdrawn"])
            let twice = try await fixture.delete(path + "/ack")
            #expect(twice.status == 409 && twice.problem == "not-acknowledged")
        }
    }

    @Test func aSecondOneTakesThePlaceOfTheFirst() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/\(try await fixture.firingID())/ack"
            try await fixture.post(path, Self.ada)
            let answer = try await fixture.post(path, #"{"by":"bob","comment":"took over"}"#)
            #expect(answer.json["acknowledged_by"] == "bob")
        }
    }

    @Test func itStaysWithTheOccurrenceThatIsOver() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let id = try await fixture.firingID()
            try await fixture.post("/api/v1/alerts/\(id)/ack", Self.ada)
            try await fixture.list([item("orders")], times: 2)
            try await fixture.fire("orders")
            let alerts = try await fixture.alerts()
            #expect(alerts.map { $0["state"] } == ["firing", "resolved"])
            #expect(alerts[0]["acknowledged_by"] == .null)
            #expect(alerts[1]["acknowledged_by"] == "ada")
            for answer in [
                try await fixture.post("/api/v1/alerts/\(id)/ack", Self.ada),
                try await fixture.delete("/api/v1/alerts/\(id)/ack"),
            ] {
                #expect(answer.status == 409 && answer.problem == "already-resolved")
                #expect(answer.json["detail"]?.string?.contains(id) == true)
            }
        }
    }

    @Test(arguments: ["POST", "DELETE"])
    func anAlertThatIsNotThereCannotBeTakenCareOf(method: String) async throws {
        try await APIFixture.with { fixture in
            let answer =
                method == "POST"
                ? try await fixture.post("/api/v1/alerts/none/ack", Self.ada)
                : try await fixture.delete("/api/v1/alerts/none/ack")
            #expect(answer.status == 404 && answer.problem == "unknown-alert")
        }
    }

    @Test func aTokenHasAName() async throws {
        let policy = AccessPolicy(tokens: [
            AccessPolicy.Token(name: "oncall", role: .operate) { "operate-secret" },
            AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" },
        ])
        let oncall = ["Authorization": "Bearer operate-secret"]
        let grafana = ["Authorization": "Bearer read-secret"]
        try await APIFixture.with(policy: policy) { fixture in
            try await fixture.fire("orders")
            let alert = try await fixture.get("/api/v1/alerts", grafana).items.first
            let path = "/api/v1/alerts/\(alert?["id"]?.string ?? "")/ack"
            #expect(try await fixture.post(path, #"{"comment":"x"}"#, grafana).status == 403)
            #expect(try await fixture.post(path, #"{"comment":"x"}"#).status == 401)
            let signed = try await fixture.post(path, #"{"comment":"x"}"#, oncall)
            #expect(signed.json["acknowledged_by"] == "oncall")
            let named = try await fixture.post(path, #"{"by":"ada","comment":"x"}"#, oncall)
            #expect(named.json["acknowledged_by"] == "ada")
            let blank = try await fixture.post(path, #"{"by":" ","comment":"x"}"#, oncall)
            #expect(blank.status == 400 && blank.problem == "no-author")
            let audit = try await fixture.get("/api/v1/audit", oncall).items
            #expect(audit.map { $0["actor"] } == ["oncall", "oncall"])
        }
    }
}
