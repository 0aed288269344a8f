import Alerting
import ClusterLinks

/// A plan with the book that feeds it, and what would be stored of both; a restart leaves that and nothing else.
struct NotificationDesk {
    static let hook = NotificationTarget(name: "hook", kind: .webhook)
    static let manager = NotificationTarget(name: "am", kind: .alertmanager)

    private struct RowKey: Hashable {
        let receiver: String
        let subject: Told.Subject
    }

    private(set) var book = IncidentBook()
    var plan: NotificationPlan
    /// As they were told last: those that are open, and those that closed since the last start.
    private(set) var incidents: [String: Incident] = [:]
    private(set) var acknowledged: Set<String> = []
    private var told: [RowKey: Told] = [:]
    private var now = Instant(milliseconds: 0)

    init(_ receivers: [NotificationTarget] = [hook], reminder: Int = 3600) {
        plan = NotificationPlan(
            policy: NotificationPolicy(reminderInterval: .seconds(reminder)),
            receivers: receivers
        )
    }

    var rows: [Told] { Array(told.values) }

    /// Takes the steps of a second and asks what is due.
    @discardableResult
    mutating func at(_ second: Int, _ steps: IncidentStep...) -> NotificationDecision {
        take(steps, at: AlertSample.at(second))
    }

    mutating func take(_ steps: [IncidentStep], at instant: Instant) -> NotificationDecision {
        move(steps, at: instant)
        return ask(at: instant)
    }

    /// Takes steps without asking what follows from them; gives the incidents that they changed.
    @discardableResult
    mutating func move(_ steps: [IncidentStep], at instant: Instant) -> [Incident] {
        now = instant
        let changed = book.take(steps, at: instant)
        for incident in changed { incidents[incident.id] = incident }
        plan.take(changed)
        for case .resolved(let alert) in steps { withdrawAcknowledgement(ofAlert: alert.id) }
        return changed
    }

    mutating func ask(at instant: Instant) -> NotificationDecision {
        now = instant
        let decision = plan.decide(at: instant)
        for row in decision.told { told[RowKey(receiver: row.receiver, subject: row.subject)] = row }
        return decision
    }

    mutating func acknowledge(alert id: String) {
        acknowledged.insert(id)
        plan.acknowledge(alert: id)
    }

    mutating func withdrawAcknowledgement(ofAlert id: String) {
        acknowledged.remove(id)
        plan.withdrawAcknowledgement(ofAlert: id)
    }

    /// Begins anew from what is stored: incidents know their alerts by id only.
    /// - Parameter alerts: as they are stored; where one is not among them the incident's own stands.
    mutating func restart(alerts: [String: Alert] = [:]) {
        let horizon = Instant(milliseconds: now.milliseconds - plan.policy.resolvedResending.milliseconds)
        incidents = incidents.filter { $0.value.closedAt.map { $0 >= horizon } ?? true }
            .mapValues { Self.refreshed($0, by: alerts) }
        let ids = Set(incidents.values.flatMap { $0.children.map(\.alert.id) })
        told = told.filter { key, _ in
            switch key.subject {
            case .incident(let id): incidents[id] != nil
            case .alert(let id): ids.contains(id)
            }
        }
        book = IncidentBook(open: Array(incidents.values))
        plan = NotificationPlan(
            policy: plan.policy,
            receivers: plan.receivers,
            incidents: Array(incidents.values),
            acknowledged: acknowledged,
            silences: plan.silences,
            told: rows
        )
    }

    private static func refreshed(_ incident: Incident, by alerts: [String: Alert]) -> Incident {
        Incident(
            id: incident.id,
            openedAt: incident.openedAt,
            closedAt: incident.closedAt,
            children: incident.children.map { child in
                Incident.Child(
                    alert: alerts[child.alert.id] ?? child.alert,
                    surroundings: child.surroundings,
                    grounds: child.grounds
                )
            },
            severity: incident.severity
        )
    }

    static func silence(
        _ value: String,
        of name: String = "kafka_cluster_id",
        from: Int = 0,
        to: Int
    ) throws -> Silence {
        Silence(
            stored: "s-\(value)-\(from)-\(to)",
            matchers: [try Matcher(name: name, value: value, isRegex: true)],
            startsAt: AlertSample.at(from),
            endsAt: AlertSample.at(to),
            createdBy: "ada",
            comment: "test"
        )
    }
}
