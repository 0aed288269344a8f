import Alerting
import ClusterLinks

/// Somebody was told of something, as the scorer understands it.
struct Page {
    struct Subject: Hashable {
        /// Nil for a rule that knows no kinds of trouble of a link.
        let kind: AlertKind?
        let cluster: Int
        /// Nil for the cluster itself.
        let link: Int?
        /// The tick at which it began, or was told first, as the one who tells it says.
        let since: Int
    }

    let id: String
    let kind: IncidentNotification.Kind
    let subjects: [Subject]
    let tick: Int
}

extension Page {
    init(_ notification: IncidentNotification) {
        id = notification.id
        kind = notification.kind
        subjects = notification.alerts.map { Subject($0.alert) }
        tick = Int(notification.at.milliseconds / 60_000)
    }
}

extension Page.Subject {
    init(_ alert: Alert) {
        kind = alert.subject.kind
        cluster = Int(alert.subject.cluster.rawValue.dropFirst("lkc-".count)) ?? -1
        link = alert.subject.linkName.flatMap { Int($0.rawValue.dropFirst("link-".count)) }
        since = Int(alert.startedAt.milliseconds / 60_000)
    }
}
