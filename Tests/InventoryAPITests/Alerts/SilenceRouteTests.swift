import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct SilenceRouteTests {
    private static let path = "/api/v1/silences"

    @Test func aSilenceIsKeptAndTold() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.post(
                Self.path,
                """
                {"matchers":[{"name":"link_name","value":"orders.*","isRegex":true},{"name":"env","value":"dev",
                "isEqual":false}],"ends_at":"2027-01-15T12:00:00+01:00","created_by":"ada","comment":"moving house"}
                """
            )
            #expect(answer.status == 200)
            let expected: JSONObject = [
                "id": answer.json["id"] ?? .null,
                "matchers": [
                    ["name": "link_name", "value": "orders.*", "isRegex": true, "isEqual": true],
                    ["name": "env", "value": "dev", "isRegex": false, "isEqual": false],
                ],
                "starts_at": "2027-01-15T08:00:00.000Z", "ends_at": "2027-01-15T11:00:00.000Z", "created_by": "ada",
                "comment": "moving house", "state": "active",
            ]
            #expect(answer.json == expected)
            #expect(try await fixture.get(Self.path).items == [expected])
            #expect(try await fixture.get(Self.path + "/" + (answer.json["id"]?.string ?? "")).json == expected)
        }
    }

    @Test func aSilenceIsPendingThenActiveThenExpired() async throws {
        try await APIFixture.with { fixture in
            let id = try await fixture.silence("env", "prod", from: 60, to: 120)
            for state in ["pending", "active", "expired"] {
                let one = try await fixture.get(Self.path + "/" + id)
                #expect(one.json["state"] == .string(state))
                for asked in Silence.State.allCases.map(\.rawValue) {
                    let listed = try await fixture.get(Self.path + "?state=" + asked).items
                    #expect(listed.count == (asked == state ? 1 : 0), "\(state) \(asked)")
                }
                let count = try await fixture.get(Self.path).items.count
                #expect(count == (state == "expired" ? 0 : 1))
                fixture.clock.advance(by: .seconds(60))
            }
        }
    }

    @Test func anAlertNamesTheSilencesThatMatchItNow() async throws {
        try await APIFixture.with(clusters: [ClusterDescription(id: APIFixture.cluster, labels: ["env": "prod"])]) {
            fixture in
            try await fixture.fire("orders", "payments")
            let byLabel = try await fixture.silence("env", "prod")
            let byName = try await fixture.silence("link_name", "orders")
            try await fixture.silence("link_name", "nothing")
            let later = try await fixture.silence("kind", "link_error", from: 60)
            func silenced(_ link: String) async throws -> Set<String> {
                let alert = try await fixture.alerts("?state=firing&link_name=" + link).first
                return Set((alert?["silenced_by"]?.array ?? []).compactMap(\.string))
            }
            #expect(try await silenced("orders") == [byLabel, byName])
            #expect(try await silenced("payments") == [byLabel])
            try await fixture.delete(Self.path + "/" + byLabel)
            #expect(try await silenced("payments") == [])
            fixture.clock.advance(by: .seconds(60))
            #expect(try await silenced("payments") == [later])
            try await fixture.list([item("orders"), item("payments")], times: 2)
            let over = try await fixture.alerts("?state=resolved")
            #expect(over.map { $0["silenced_by"] } == [[], []])
        }
    }

    @Test func endingASilenceLeavesItToBeRead() async throws {
        try await APIFixture.with { fixture in
            let running = try await fixture.silence("env", "prod")
            let ahead = try await fixture.silence("env", "prod", from: 600)
            fixture.clock.advance(by: .seconds(5))
            for id in [running, ahead] {
                let answer = try await fixture.delete(Self.path + "/" + id)
                #expect(answer.status == 200 && answer.json["state"] == "expired")
                #expect(answer.json["ends_at"] == "2027-01-15T08:00:05.000Z")
                let twice = try await fixture.delete(Self.path + "/" + id)
                #expect(twice.status == 409 && twice.problem == "silence-over")
                #expect(try await fixture.get(Self.path + "/" + id).json["state"] == "expired")
            }
            #expect(try await fixture.get(Self.path).items.isEmpty)
            #expect(try await fixture.get(Self.path + "?state=expired").items.count == 2)
        }
    }

    @Test(arguments: ["none", "%00", "0000000000000000"])
    func aSilenceThatIsNotThereIsAProblem(id: String) async throws {
        try await APIFixture.with { fixture in
            for answer in [
                try await fixture.get(Self.path + "/" + id), try await fixture.delete(Self.path + "/" + id),
            ] {
                #expect([400, 404].contains(answer.status))
                #expect(answer.status == 400 || answer.problem == "unknown-silence")
            }
        }
    }

    @Test func pagesGoOnWhereTheyEnded() async throws {
        try await APIFixture.with { fixture in
            for number in 0..<7 { try await fixture.silence("env", "prod", to: 60 + number / 2) }
            let whole = try await fixture.get(Self.path).items
            #expect(whole.count == 7)
            let ends = whole.compactMap { $0["ends_at"]?.string }
            #expect(ends == ends.sorted(by: >))
            let paged = try await fixture.pages(Self.path + "?limit=2")
            #expect(paged == whole)
        }
    }

    @Test func whatASilenceSuppressedIsToldWhenItEnds() async throws {
        let alerting = AlertConfiguration(targets: [NotificationTarget(name: "pager", kind: .webhook)])
        try await APIFixture.with(alerting: alerting) { fixture in
            let id = try await fixture.silence("kind", "link_error")
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/" + (try await fixture.firingID())
            #expect(try await fixture.get(path).json["notifications"] == [])
            try await fixture.delete(Self.path + "/" + id)
            #expect(try await fixture.get(path).json["notifications"]?.array?.count == 1)
        }
    }

    @Test(arguments: ["?state=over", "?state=", "?limit=0", "?cursor=x", "?nope=1", "?state=active&state=active"])
    func aBadQuestionIsRefused(query: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + query)
            #expect(answer.status == 400)
        }
    }
}
