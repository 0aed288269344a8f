import Alerting
import ClusterLinks

/// What of the alerts waits for the next commit: of each alert and incident the latest, and the steps that led there.
///
/// It grows with what there is and not with what happens to it: while the database fails, alerts that came and went and
/// steps beyond a limit are let go, and counted.
struct AlertBacklog {
    struct Event {
        let step: AlertStep
        let cluster: Int64
    }

    struct Latest {
        var alert: Alert
        let cluster: Int64
        /// Whether no row of it is stored yet.
        let isNew: Bool
    }

    struct IncidentNews {
        var incident: Incident
        /// The alerts whose part in it is to be written.
        var alerts: Set<String>
    }

    /// How many steps, and how many alerts and incidents that are over, wait while the database fails.
    private static let limit = 10_000

    private(set) var alerts: [String: Latest] = [:]
    private(set) var events: [Event] = []
    private(set) var incidents: [String: IncidentNews] = [:]
    private(set) var notifications: [IncidentNotification] = []
    private(set) var told: [Told] = []
    /// What was given up, ever.
    private(set) var lost = 0

    var isEmpty: Bool { alerts.isEmpty && incidents.isEmpty && notifications.isEmpty && told.isEmpty }

    /// Alerts come after their clusters, notifications after their incidents.
    var count: Int { alerts.count + events.count + incidents.count + notifications.count + told.count }

    mutating func add(_ step: AlertStep, of cluster: Int64) {
        let id = step.after.id
        if alerts[id] == nil {
            alerts[id] = Latest(alert: step.after, cluster: cluster, isNew: step.kind == .began)
        } else {
            alerts[id]?.alert = step.after
        }
        guard step.kind != .counted else { return }
        if events.count < Self.limit { events.append(Event(step: step, cluster: cluster)) } else { lost += 1 }
    }

    /// - Parameter changed: the ids of the alerts in it that did something.
    mutating func add(_ incident: Incident, changed: Set<String>) {
        incidents[incident.id, default: IncidentNews(incident: incident, alerts: [])].alerts.formUnion(changed)
        incidents[incident.id]?.incident = incident
    }

    mutating func add(_ decision: NotificationDecision) {
        notifications += decision.notifications
        told += decision.told
    }

    /// Lets go of what nobody was told of and what is over again, where there is too much of it.
    mutating func bound() {
        guard alerts.count > Self.limit else { return }
        let over = alerts.values.filter { $0.isNew && !$0.alert.isOpen }
            .sorted { ($0.alert.resolvedAt ?? $0.alert.startedAt) < ($1.alert.resolvedAt ?? $1.alert.startedAt) }
        guard over.count > Self.limit else { return }
        let gone = Set(over.prefix(over.count - Self.limit / 2).map(\.alert.id))
        for id in gone { alerts[id] = nil }
        events.removeAll { gone.contains($0.step.after.id) }
        // An incident whose first alert is not there is one of which nothing is stored.
        incidents = incidents.filter { news in
            news.value.incident.isOpen || !news.value.incident.children.allSatisfy { gone.contains($0.alert.id) }
        }
        lost += gone.count
    }

    mutating func removeAll() {
        alerts = [:]
        events = []
        incidents = [:]
        notifications = []
        told = []
    }
}
