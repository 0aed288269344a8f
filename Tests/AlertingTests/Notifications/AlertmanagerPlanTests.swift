import Alerting
import ClusterLinks
import ExactJSON
import Testing

struct AlertmanagerPlanTests {
    private typealias Sample = AlertSample
    private var desk = NotificationDesk([NotificationDesk.manager])
    private let around = Sample.around(remote: "lkc-9")
    private let first = Sample.firing("a", link: "a")
    private let second = Sample.firing("b", link: "b")

    private func ids(_ decision: NotificationDecision) -> [[String]] {
        decision.posts.map { post in post.firing.map(\.alert.id) + post.resolved.map { "-" + $0.alert.id } }
    }

    @Test mutating func `every alert is posted itself, and again before it runs out`() {
        let fired = desk.at(0, .fired(first, around))
        #expect(ids(fired) == [["a"]] && fired.notifications.isEmpty)
        #expect(fired.posts.first?.validUntil == Sample.at(300))
        #expect(fired.askAgainAt == Sample.at(60))
        #expect(ids(desk.at(10, .fired(second, around))) == [["b"]])
        #expect(ids(desk.at(59)).isEmpty)
        // The second would be due ten seconds later, and goes along.
        let again = desk.at(60)
        #expect(ids(again) == [["a", "b"]])
        #expect(again.told.isEmpty && again.askAgainAt == Sample.at(120))
    }

    @Test mutating func `an end is posted for five minutes`() {
        desk.at(0, .fired(first, around))
        var posts = ids(desk.at(10, .resolved(Sample.resolved(first, at: Sample.at(10)))))
        var next: Instant? = Sample.at(70)
        var asked = 0
        while let instant = next, asked < 100 {
            let decision = desk.ask(at: instant)
            posts += ids(decision)
            next = decision.askAgainAt
            asked += 1
        }
        #expect(posts == Array(repeating: ["-a"], count: 6))
        #expect(asked == 5)
        #expect(desk.at(400) == NotificationDecision())
    }

    @Test mutating func `what says something new is posted at once, another count is not`() {
        desk.at(0, .fired(first, around))
        var counted = first
        counted.observations = 9
        #expect(ids(desk.at(1, .changed(counted, around))).isEmpty)
        counted.code = "UNKNOWN"
        #expect(ids(desk.at(2, .changed(counted, around))) == [["a"]])
    }

    @Test mutating func `what is silenced is not posted, and is when the silence ends`() throws {
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", to: 100)]
        #expect(ids(desk.at(0, .fired(first, around))).isEmpty)
        #expect(ids(desk.at(100)) == [["a"]])
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", from: 110, to: 1000)]
        // Else the Alertmanager would say that it is over.
        #expect(ids(desk.at(160)) == [["a"]])
        #expect(ids(desk.at(170, .resolved(Sample.resolved(first, at: Sample.at(170))))) == [["-a"]])
    }

    @Test mutating func `what was never posted has no end to post`() {
        desk.acknowledge(alert: "a")
        #expect(ids(desk.at(0, .fired(first, around))).isEmpty)
        #expect(ids(desk.at(5, .resolved(Sample.resolved(first, at: Sample.at(5))))).isEmpty)
    }

    @Test mutating func `after a restart all is posted anew`() {
        desk.at(0, .fired(first, around), .fired(second, around))
        desk.restart()
        #expect(ids(desk.at(5)) == [["a", "b"]])
        desk.move([.resolved(Sample.resolved(first, at: Sample.at(6)))], at: Sample.at(6))
        #expect(ids(desk.at(6)) == [["-a"]])
        desk.restart()
        #expect(ids(desk.at(7)) == [["b", "-a"]])
    }

    @Test mutating func `the end of an earlier occurrence never ends a later one`() {
        desk.at(0, .fired(first, around))
        desk.at(10, .resolved(Sample.resolved(first, at: Sample.at(10))))
        #expect(ids(desk.at(20, .fired(Sample.firing("a2", link: "a"), around))) == [["a2"]])
        #expect(ids(desk.at(80)) == [["a2"]])
    }

    @Test mutating func `an item has the fields of the API`() throws {
        let fired = desk.at(0, .fired(first, around))
        let item = try #require(fired.posts.first?.body(publicURL: "https://lw.example/").array?.first?.object)
        #expect(item.members.map(\.name) == ["labels", "annotations", "startsAt", "endsAt", "generatorURL"])
        #expect(item["endsAt"] == .string(Sample.at(300).description))
        #expect(item["generatorURL"] == "https://lw.example/api/v1/alerts/a")
        let resolved = desk.at(10, .resolved(Sample.resolved(first, at: Sample.at(10))))
        let end = try #require(resolved.posts.first?.body(publicURL: nil).array?.first?.object)
        #expect(end["endsAt"] == .string(Sample.at(10).description) && end["generatorURL"] == nil)
        #expect(end["labels"] == item["labels"])
    }

    @Test(arguments: [([], "active"), (["s1"], "suppressed")] as [([String], String)])
    func `the list has Alertmanager's shape`(silencedBy: [String], state: String) {
        let child = Incident.Child(alert: first, surroundings: around, grounds: .first)
        let json = AlertmanagerAlert.gettable(
            child,
            silencedBy: silencedBy,
            acknowledgedBy: Acknowledgement(storedBy: "ada", comment: "on it", at: Sample.start),
            receivers: ["am"],
            updatedAt: Sample.at(1),
            validUntil: Sample.at(2),
            publicURL: "https://lw.example"
        )
        #expect(
            Set(json.members.map(\.name)) == [
                "annotations", "endsAt", "fingerprint", "generatorURL", "labels", "receivers", "startsAt", "status",
                "updatedAt",
            ]
        )
        let status: JSONObject = [
            "inhibitedBy": [], "mutedBy": [], "silencedBy": .array(silencedBy.map { .string($0) }),
            "state": .string(state),
        ]
        #expect(json["status"]?.object == status)
        #expect(json["receivers"] == [["name": "am"]])
        #expect(json["annotations"]?.object?["acknowledged_by"] == "ada")
    }

    @Test(
        arguments: zip(
            AlertKind.allCases,
            [
                "LinkwatchLinkError", "LinkwatchLinkState", "LinkwatchTaskError", "LinkwatchLinkMissing",
                "LinkwatchLinkUnexpected",
                "LinkwatchClusterUnreachable",
            ]
        )
    )
    func `a kind has a name as Prometheus's users write it`(kind: AlertKind, name: String) {
        #expect(kind.alertName == name)
        #expect(LabelSet(annotationsOf: Sample.firing("a", kind, code: nil), in: around)["summary"] != nil)
    }
}
