import Alerting
import ClusterLinks
import ExactJSON
import Testing

struct AlertDocumentTests {
    private let alert = AlertSample.firing("a", at: AlertSample.at(10))
    private let around = AlertSample.around(labels: ["env": "prod"])

    @Test func `the members stand in the order of the contract`() {
        let standing = AlertStanding(
            isUnconfirmed: true,
            observations: 7,
            lastObservedAt: AlertSample.at(90),
            acknowledgement: Acknowledgement(storedBy: "ada", comment: "on it", at: AlertSample.at(60)),
            silencedBy: ["s1"],
            incident: "a"
        )
        let json = alert.json(in: around, standing: standing)
        #expect(
            json.members.map(\.name) == [
                "id", "fingerprint", "kind", "severity", "state", "unconfirmed", "labels", "annotations", "cluster_id",
                "link_name", "cluster_link_id", "link_error", "code", "task", "message", "started_at", "fired_at",
                "last_observed_at", "resolved_at", "resolved_reason", "observations", "acknowledged_by",
                "acknowledgement",
                "silenced_by", "flapping", "incident_id", "remediation",
            ]
        )
        #expect(json["unconfirmed"] == true && json["observations"] == 7)
        #expect(json["last_observed_at"] == .string(AlertSample.at(90).description))
        #expect(json["acknowledged_by"] == "ada")
        #expect(json["silenced_by"] == ["s1"] && json["incident_id"] == "a")
        #expect(json["remediation"]?.object?.members.map(\.name) == ["meaning", "likely_cause", "first_step", "link"])
    }

    @Test func `a webhook is told nothing of how it stands`() {
        let json = alert.json(in: around)
        for name in [
            "unconfirmed", "last_observed_at", "acknowledged_by", "acknowledgement", "silenced_by", "incident_id",
        ] {
            #expect(json[name] == nil)
        }
        #expect(json["observations"] == 1)
    }

    struct Case: Sendable {
        let kind: AlertKind
        let code: String?
        let linkError: JSONValue
        let linkName: JSONValue
    }

    @Test(arguments: [
        Case(kind: .linkError, code: "TIMEOUT_ERROR", linkError: "TIMEOUT_ERROR", linkName: "orders"),
        Case(kind: .linkState, code: "FAILED", linkError: .null, linkName: "orders"),
        Case(kind: .taskError, code: nil, linkError: .null, linkName: "orders"),
        Case(kind: .linkMissing, code: nil, linkError: .null, linkName: "orders"),
        Case(kind: .linkUnexpected, code: nil, linkError: .null, linkName: "orders"),
        Case(kind: .clusterUnreachable, code: "timeout", linkError: .null, linkName: .null),
    ])
    func `only a link error is told as one, and only links have names`(_ sample: Case) {
        let json = AlertSample.firing("a", sample.kind, code: sample.code).json(in: around)
        #expect(json["link_error"] == sample.linkError)
        #expect(json["link_name"] == sample.linkName)
        #expect(json["code"] == .optional(sample.code))
        #expect(json["labels"]?.object?["kind"] == .string(sample.kind.rawValue))
        #expect(json["remediation"]?.object?["first_step"]?.string?.isEmpty == false)
    }
}
