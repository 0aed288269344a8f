import Alerting
import ClusterLinks
import ExactJSON
import Testing

struct WebhookPlanTests {
    private typealias Sample = AlertSample
    private var desk = NotificationDesk()
    private let around = Sample.around(remote: "lkc-9")
    private let first = Sample.firing("a", link: "a", severity: .warning)
    private let second = Sample.firing("b", link: "b", severity: .warning)

    @Test mutating func `the first alert is told at once, a joiner is not, the end is`() {
        let told = desk.at(0, .fired(first, around))
        #expect(told.notifications.map(\.kind) == [.firing])
        #expect(told.notifications.first?.alerts.map(\.alert.id) == ["a"])
        #expect(told.told.count == 1)
        #expect(told.askAgainAt == Sample.at(3600))
        #expect(desk.at(1, .fired(second, around)).notifications.isEmpty)
        #expect(desk.at(2, .resolved(Sample.resolved(first, at: Sample.at(2)))).notifications.isEmpty)
        let end = desk.at(3, .resolved(Sample.resolved(second, at: Sample.at(3))))
        #expect(end.notifications.map(\.kind) == [.resolved])
        #expect(end.notifications.first?.alerts.map(\.alert.id) == ["a", "b"])
        #expect(end.told.map(\.resolvedAt) == [Sample.at(3)])
        #expect(desk.at(4) == NotificationDecision())
    }

    @Test mutating func `a joiner of higher severity is told, once`() {
        desk.at(0, .fired(first, around))
        let critical = Sample.firing("c", link: "c", severity: .critical)
        let told = desk.at(1, .fired(critical, around))
        #expect(told.notifications.map(\.kind) == [.firing])
        #expect(told.notifications.first?.alerts.map(\.alert.id) == ["a", "c"])
        #expect(told.notifications.first?.id == IncidentNotification.id(of: "a", kind: .firing, ordinal: 2))
        #expect(desk.at(2, .fired(Sample.firing("d", link: "d"), around)).notifications.isEmpty)
        #expect(desk.at(3, .resolved(Sample.resolved(critical, at: Sample.at(3)))).notifications.isEmpty)
        #expect(desk.at(4, .fired(Sample.firing("e", link: "e"), around)).notifications.isEmpty)
    }

    @Test mutating func `an alert that becomes more severe is told again`() {
        desk.at(0, .fired(first, around))
        let raised = desk.at(1, .changed(Sample.raised(first, to: .critical), around))
        #expect(raised.notifications.map(\.kind) == [.firing])
    }

    @Test mutating func `a reminder comes after each interval and one only`() {
        desk.at(0, .fired(first, around))
        #expect(desk.at(3599).notifications.isEmpty)
        let reminder = desk.at(3600)
        #expect(reminder.notifications.map(\.kind) == [.reminder])
        #expect(reminder.askAgainAt == Sample.at(7200))
        #expect(desk.at(3600).notifications.isEmpty)
        let late = desk.at(30_000)
        #expect(late.notifications.map(\.id) == [IncidentNotification.id(of: "a", kind: .reminder, ordinal: 2)])
        #expect(late.askAgainAt == Sample.at(33_600))
    }

    @Test mutating func `an interval of zero reminds of nothing`() {
        desk = NotificationDesk(reminder: 0)
        #expect(desk.at(0, .fired(first, around)).askAgainAt == nil)
        #expect(desk.at(1_000_000).notifications.isEmpty)
    }

    @Test mutating func `what was silenced and still fires is told when the silence ends`() throws {
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", to: 100)]
        let silent = desk.at(0, .fired(first, around))
        #expect(silent.notifications.isEmpty && silent.told.isEmpty)
        #expect(silent.askAgainAt == Sample.at(100))
        #expect(desk.at(99).notifications.isEmpty)
        #expect(desk.at(100).notifications.map(\.kind) == [.firing])
    }

    @Test mutating func `what was silenced and has resolved is never told`() throws {
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", to: 100)]
        desk.at(0, .fired(first, around))
        #expect(desk.at(50, .resolved(Sample.resolved(first, at: Sample.at(50)))).notifications.isEmpty)
        #expect(desk.at(100) == NotificationDecision())
    }

    @Test mutating func `a silence ahead of time begins when it says`() throws {
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", from: 10, to: 20)]
        #expect(desk.at(0, .fired(first, around)).notifications.count == 1)
        let other = Sample.firing("x", link: "x", code: "X")
        #expect(desk.at(10, .fired(other, Sample.around())).notifications.isEmpty)
        #expect(desk.at(20).notifications.map(\.incident.id) == ["x"])
    }

    @Test mutating func `a silence holds reminders back and lets the end through`() throws {
        desk.at(0, .fired(first, around))
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", from: 10, to: 5000)]
        #expect(desk.at(3600).notifications.isEmpty)
        #expect(desk.at(3600).askAgainAt == Sample.at(5000))
        #expect(desk.at(5000).notifications.map(\.kind) == [.reminder])
        desk.plan.silences = [try NotificationDesk.silence("lkc-1", from: 5001, to: 9000)]
        #expect(
            desk.at(6000, .resolved(Sample.resolved(first, at: Sample.at(6000)))).notifications.map(\.kind) == [
                .resolved
            ]
        )
    }

    @Test mutating func `an acknowledgement holds reminders back until another joins, and ends with the alert`() {
        desk.at(0, .fired(first, around))
        desk.acknowledge(alert: "a")
        #expect(desk.at(3600) == NotificationDecision())
        // A joiner alone wakes nobody; but now someone has to look again.
        #expect(desk.at(3700, .fired(second, around)).notifications.map(\.kind) == [.reminder])
        desk.acknowledge(alert: "b")
        #expect(desk.at(9000).notifications.isEmpty)
        desk.at(9001, .resolved(Sample.resolved(first, at: Sample.at(9001))))
        let end = desk.at(9002, .resolved(Sample.resolved(second, at: Sample.at(9002))))
        #expect(end.notifications.map(\.kind) == [.resolved])
        let again = Sample.firing("a2", link: "a", severity: .warning)
        #expect(desk.at(9003, .fired(again, around)).notifications.map(\.kind) == [.firing])
    }

    @Test mutating func `one alert that is not silenced is enough, and the silenced ones are not listed`() throws {
        desk.plan.silences = [try NotificationDesk.silence("a", of: "link_name", to: 100)]
        #expect(desk.at(0, .fired(first, around)).notifications.isEmpty)
        let told = desk.at(1, .fired(second, around))
        #expect(told.notifications.first?.incident.id == "a")
        #expect(told.notifications.first?.alerts.map(\.alert.id) == ["b"])
        #expect(desk.at(100).notifications.isEmpty)
    }

    @Test mutating func `a silenced alert is not what makes an incident more severe`() throws {
        desk.plan.silences = [try NotificationDesk.silence("c", of: "link_name", to: 100)]
        desk.at(0, .fired(first, around))
        #expect(desk.at(1, .fired(Sample.firing("c", link: "c"), around)).notifications.isEmpty)
        #expect(desk.at(100).notifications.map(\.kind) == [.firing])
    }

    @Test mutating func `a restart repeats nothing and forgets nothing`() {
        desk.at(0, .fired(first, around))
        desk.restart()
        #expect(desk.at(1).notifications.isEmpty)
        #expect(desk.at(1).askAgainAt == Sample.at(3600))
        desk.restart()
        #expect(desk.at(3600).notifications.map(\.kind) == [.reminder])
        desk.restart()
        #expect(
            desk.at(3601, .resolved(Sample.resolved(first, at: Sample.at(3601)))).notifications.map(\.kind) == [
                .resolved
            ]
        )
    }

    @Test mutating func `a crash between the end and its telling loses no end`() {
        desk.at(0, .fired(first, around))
        desk.move([.resolved(Sample.resolved(first, at: Sample.at(5)))], at: Sample.at(5))
        desk.restart()
        #expect(desk.at(4000).notifications.map(\.kind) == [.resolved])
        #expect(desk.at(4000) == NotificationDecision())
    }

    @Test mutating func `a new receiver is told what fires, one that left is not told the end`() {
        desk.at(0, .fired(first, around))
        let chat = NotificationTarget(name: "chat", kind: .webhook)
        desk.plan.receivers = [NotificationDesk.hook, chat]
        let told = desk.at(10)
        #expect(told.notifications.map(\.receiver) == ["chat"])
        #expect(told.notifications.map(\.id) == [IncidentNotification.id(of: "a", kind: .firing, ordinal: 1)])
        desk.plan.receivers = [chat]
        let end = desk.at(20, .resolved(Sample.resolved(first, at: Sample.at(20))))
        #expect(end.notifications.map(\.receiver) == ["chat"])
        #expect(end.told.map(\.receiver) == ["chat", "hook"])
        desk.plan.receivers = [NotificationDesk.hook]
        #expect(desk.at(21).notifications.isEmpty)
    }

    @Test mutating func `ids differ by incident, kind and count and by nothing else`() {
        let ids = ["a", "b"].flatMap { incident in
            IncidentNotification.Kind.allCases.flatMap { kind in
                (1...3).map { IncidentNotification.id(of: incident, kind: kind, ordinal: $0) }
            }
        }
        #expect(Set(ids).count == 18)
        #expect(ids.allSatisfy { $0.utf8.count == 32 })
        let one = desk.at(0, .fired(first, around)).notifications.map(\.id)
        var other = NotificationDesk()
        #expect(other.at(77, .fired(first, around)).notifications.map(\.id) == one)
    }

    @Test mutating func `the body has the keys of the contract`() throws {
        let around = Sample.around(remote: "lkc-9", labels: ["env": "prod", "severity": "fake", "empty": ""])
        let notification = try #require(desk.at(0, .fired(first, around)).notifications.first)
        let body = notification.body(sentAt: Sample.at(7))
        #expect(body.members.map(\.name) == ["notification_id", "type", "incident", "alerts", "sent_at"])
        #expect(body["type"] == "firing" && body["sent_at"] == .string(Sample.at(7).description))
        #expect(body["incident"]?.object?["id"] == "a")
        let alert = try #require(body["alerts"]?.array?.first?.object)
        let labels: JSONObject = [
            "alertname": "LinkwatchLinkError", "env": "prod", "kafka_cluster_id": "lkc-1",
            "kafka_cluster_name": "orders-eu", "kind": "link_error", "link_name": "a", "severity": "warning",
        ]
        #expect(alert["labels"]?.object == labels)
        let annotations = try #require(alert["annotations"]?.object)
        #expect(annotations["summary"] == "cluster link a on orders-eu reports an error")
        #expect(annotations["code"] == "TIMEOUT_ERROR" && annotations["first_step"]?.string != nil)
        #expect(annotations["message"] == nil)
    }

    @Test mutating func `a body has a greatest number of alerts`() throws {
        let steps = (0..<250).map { number in
            IncidentStep.fired(Sample.firing("\(number)", link: "l\(number)"), around)
        }
        let told = desk.take(steps, at: Sample.at(0)).notifications
        #expect(told.count == 1)
        let body = try #require(told.first).body(sentAt: Sample.at(0))
        #expect(body["alerts"]?.array?.count == 200 && body["alerts_left_out"] == 50)
    }
}
