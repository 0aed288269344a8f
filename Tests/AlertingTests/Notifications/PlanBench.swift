import Alerting
import ClusterLinks

/// A plan with the book that feeds it, driven by seconds.
struct PlanBench {
    static let hook = NotificationTarget(name: "hook", kind: .webhook)
    static let manager = NotificationTarget(name: "am", kind: .alertmanager)

    var book = IncidentBook()
    var plan: NotificationPlan
    /// The rows as a database would hold them.
    private(set) var rows: [Told] = []

    init(_ receivers: [NotificationTarget] = [hook], reminder: Int = 3600) {
        plan = NotificationPlan(
            policy: NotificationPolicy(reminderInterval: .seconds(reminder)),
            receivers: receivers
        )
    }

    /// Takes the steps of a second and asks what is due.
    @discardableResult
    mutating func at(_ second: Int, _ steps: IncidentStep...) -> NotificationDecision {
        take(steps, at: AlertSample.at(second))
    }

    mutating func take(_ steps: [IncidentStep], at instant: Instant) -> NotificationDecision {
        plan.take(book.take(steps, at: instant))
        return ask(at: instant)
    }

    mutating func ask(at instant: Instant) -> NotificationDecision {
        let decision = plan.decide(at: instant)
        for row in decision.told {
            rows.removeAll { $0.subject == row.subject && $0.receiver == row.receiver }
            rows.append(row)
        }
        return decision
    }

    /// Begins anew from what is stored.
    mutating func restart(closed: [Incident] = [], acknowledged: Set<String> = []) {
        book = IncidentBook(open: book.open)
        plan = NotificationPlan(
            policy: plan.policy,
            receivers: plan.receivers,
            incidents: book.open + closed,
            acknowledged: acknowledged,
            silences: plan.silences,
            told: rows
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
