import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct AlertmanagerRouteTests {
    private static let targets = [
        NotificationTarget(name: "pager", kind: .webhook), NotificationTarget(name: "am", kind: .alertmanager),
    ]

    /// Three links that fire, of which one is acknowledged and one silenced, and one that does not fire yet.
    static func withAlerts(
        targets: [NotificationTarget] = targets,
        _ body: (APIFixture) async throws -> Void
    ) async throws {
        let cluster = ClusterDescription(id: APIFixture.cluster, name: "orders-eu", labels: ["env": "prod"])
        let policy = AlertPolicy(severities: [
            SeverityRule(kind: .linkError, code: "AUTHENTICATION_ERROR", severity: .warning)
        ])
        let rules = AlertRules(policy: policy, clusterName: "orders-eu", clusterLabels: cluster.labels)
        try await APIFixture.with(
            clusters: [cluster],
            alerting: AlertConfiguration(rules: [cluster.id: rules], targets: targets)
        ) { fixture in
            let firing = [
                item("orders", APIFixture.broken), item("payments", APIFixture.broken),
                item("refunds", ["link_error": "AUTHENTICATION_ERROR"]),
            ]
            try await fixture.list(firing, times: 2)
            try await fixture.list(firing + [item("late", APIFixture.broken)], times: 1)
            let orders = try await fixture.alerts("?link_name=orders").first?["id"]?.string ?? ""
            try await fixture.post("/api/v1/alerts/\(orders)/ack", #"{"by":"ada","comment":"mine"}"#)
            try await fixture.silence("link_name", "payments")
            try await body(fixture)
        }
    }

    private static func alerts(_ answer: Answer) throws -> [JSONObject] {
        try JSONValue(parsing: answer.body).array?.compactMap(\.object) ?? []
    }

    @Test func firingAlertsHaveAlertmanagersShape() async throws {
        try await Self.withAlerts { fixture in
            let answer = try await fixture.get("/api/v2/alerts?filter=link_name=orders")
            #expect(answer.fields["content-type"] == "application/json")
            let alert = try #require(try Self.alerts(answer).first)
            let id = try await fixture.alerts("?link_name=orders").first?["id"]?.string ?? ""
            let expected: JSONObject = [
                "startsAt": "2027-01-15T08:01:00.000Z", "updatedAt": "2027-01-15T08:02:00.000Z",
                "endsAt": "2027-01-15T08:08:00.000Z", "receivers": [["name": "pager"], ["name": "am"]],
                "status": ["inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"],
                "generatorURL": .string("http://127.0.0.1:\(fixture.client.port)/api/v1/alerts/\(id)"),
                "labels": [
                    "alertname": "LinkwatchLinkError", "env": "prod", "kafka_cluster_id": "lkc-1",
                    "kafka_cluster_name": "orders-eu", "kind": "link_error", "link_name": "orders",
                    "severity": "critical",
                ],
            ]
            for member in expected.members { #expect(alert[member.name] == member.value, "\(member.name)") }
            #expect(alert[path: "annotations", "code"] == "TIMEOUT_ERROR")
            #expect(alert[path: "annotations", "acknowledged_by"] == "ada")
            #expect(alert["fingerprint"]?.string?.utf8.count == 16)
        }
    }

    @Test(arguments: [
        ("", ["orders", "payments", "refunds"]), ("?silenced=false", ["orders", "refunds"]),
        ("?active=false", ["payments"]), ("?active=false&silenced=false", []),
        ("?inhibited=false&unprocessed=false", ["orders", "payments", "refunds"]),
        ("?filter=severity=%22warning%22", ["refunds"]), ("?filter=severity!=warning", ["orders", "payments"]),
        ("?filter=link_name=~%22orders|payments%22", ["orders", "payments"]), ("?filter=link_name=~order", []),
        ("?filter=link_name!~%22o.*%22&filter=severity=critical", ["payments"]),
        ("?filter=env=prod&filter=env=dev", []), ("?filter=absent=", ["orders", "payments", "refunds"]),
        ("?receiver=", ["orders", "payments", "refunds"]), ("?receiver=pag.*", ["orders", "payments", "refunds"]),
        ("?receiver=pag", []), ("?receiver=a.|x", ["orders", "payments", "refunds"]),
    ])
    func parametersMeanWhatTheyMeanToAnAlertmanager(query: String, links: [String]) async throws {
        try await Self.withAlerts { fixture in
            let alerts = try Self.alerts(try await fixture.get("/api/v2/alerts" + query))
            let names = alerts.compactMap { $0[path: "labels", "link_name"]?.string }
            #expect(names.sorted() == links)
            let fingerprints = alerts.compactMap { $0["fingerprint"]?.string }
            #expect(fingerprints == fingerprints.sorted())
            for alert in alerts {
                let isSilenced = alert[path: "labels", "link_name"] == "payments"
                #expect(alert[path: "status", "state"] == (isSilenced ? "suppressed" : "active"))
                #expect(alert[path: "status", "silencedBy"]?.array?.count == (isSilenced ? 1 : 0))
            }
        }
    }

    @Test(arguments: [
        "filter=", "filter=x", "filter=a=~(", "filter=1a=b", "filter=a=%22b", "active=1", "active=", "silenced=yes",
        "receiver=(", "receiver=a&receiver=b", "state=firing", "limit=10", "muted=true",
        String(repeating: "filter=a=b&", count: 65) + "filter=a=b",
    ])
    func aBadQuestionIsRefused(query: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get("/api/v2/alerts?" + query)
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.string?.isEmpty == false)
        }
    }

    @Test func incidentsAreGroups() async throws {
        try await Self.withAlerts { fixture in
            let groups = try Self.alerts(try await fixture.get("/api/v2/alerts/groups"))
            // Of three incidents, each for both receivers.
            #expect(groups.count == 6)
            #expect(groups.map { $0[path: "receiver", "name"] }.prefix(2) == ["pager", "am"])
            #expect(groups.allSatisfy { $0["alerts"]?.array?.count == 1 && $0[path: "labels", "env"] == "prod" })
            let few = try Self.alerts(
                try await fixture.get("/api/v2/alerts/groups?muted=false&filter=link_name=orders")
            )
            #expect(few.count == 2)
        }
        try await Self.withAlerts(targets: []) { fixture in
            let groups = try Self.alerts(try await fixture.get("/api/v2/alerts/groups"))
            #expect(groups.map { $0[path: "receiver", "name"] } == ["none", "none", "none"])
        }
    }

    @Test func theStatusNamesTheReceivers() async throws {
        try await Self.withAlerts { fixture in
            let status = try await fixture.get("/api/v2/status").json
            #expect(status["uptime"] == "2027-01-15T08:00:00.000Z" && status["versionInfo"] == nil)
            let original = try JSONValue(parsing: status[path: "config", "original"]?.string ?? "").object
            #expect(original?["receivers"] == [["name": "pager"], ["name": "am"]])
            #expect(original?[path: "route", "receiver"] == "pager")
        }
    }

    @Test func withoutAlertsTheListIsEmpty() async throws {
        try await APIFixture.with { fixture in
            for path in ["/api/v2/alerts", "/api/v2/alerts/groups"] {
                let answer = try await fixture.get(path)
                #expect(answer.text == "[]\n")
            }
        }
    }

    /// A link may be called anything.
    @Test func amtoolReadsWhatLinkwatchSays() async throws {
        try await Self.withAlerts { fixture in
            let odd = #"a "b" \ {c}=,d"#
            try await fixture.list([item("orders", APIFixture.broken), item(odd, APIFixture.broken)], times: 2)
            let simple = try await Amtool.run("alert", "query", url: fixture.url)
            #expect(simple.status == 0, "\(simple.text)")
            let lines = simple.text.split(separator: "\n")
            #expect(
                lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasPrefix("LinkwatchLinkError") },
                "\(simple.text)"
            )
            let extended = try await Amtool.run(
                "-o",
                "extended",
                "alert",
                "query",
                "link_name=orders",
                url: fixture.url
            )
            #expect(extended.text.contains("/api/v1/alerts/") && extended.text.contains("TIMEOUT_ERROR"))
            let json = try await Amtool.run(
                "-o",
                "json",
                "alert",
                "query",
                #"link_name=~"a \"b.*""#,
                "severity=critical",
                url: fixture.url
            )
            let alerts = try JSONValue(parsing: json.text).array ?? []
            #expect(alerts.compactMap { $0.object?[path: "labels", "link_name"] } == [.string(odd)])
            let named = try await Amtool.run("alert", "query", "LinkwatchLinkError", "kind!~task.*", url: fixture.url)
            #expect(named.text.split(separator: "\n").count == 3)
            try await fixture.silence("link_name", "orders")
            let silenced = try await Amtool.run("alert", "query", "--silenced", url: fixture.url)
            #expect(silenced.text.split(separator: "\n").count == 2 && silenced.text.contains("suppressed"))
            let refused = try await Amtool.run("alert", "query", "kind=link_error", "a=~(", url: fixture.url)
            #expect(refused.status != 0)
        }
    }
}

extension APIFixture {
    var url: String { "http://127.0.0.1:\(client.port)" }
}
