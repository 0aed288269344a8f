package import ClusterLinks

/// One notification that a proposed configuration would have sent.
package struct BacktestNotification: Sendable, Hashable {
    /// What an alert in it is about.
    package struct Subject: Sendable, Hashable {
        package let kind: AlertKind
        package let cluster: ClusterID
        package let clusterName: String
        package let link: LinkName?
        package let code: String?
    }

    package let id: String
    package let kind: IncidentNotification.Kind
    package let at: Instant
    /// Who would have been told; one for each webhook.
    package let receivers: [String]
    package let severity: AlertSeverity
    package let incident: String
    package let openedAt: Instant
    /// When the incident was over; nil where it was not within the window.
    package internal(set) var closedAt: Instant?
    /// How many alerts it tells of.
    package let alertCount: Int
    /// Of the first of them.
    package let subjects: [Subject]

    private static let mostSubjects = 8

    init(_ notification: IncidentNotification, to receivers: [String]) {
        id = notification.id
        kind = notification.kind
        at = notification.at
        self.receivers = receivers
        severity = notification.alerts.map(\.alert.severity).max() ?? notification.incident.severity
        incident = notification.incident.id
        openedAt = notification.incident.openedAt
        closedAt = notification.incident.closedAt
        alertCount = notification.alerts.count
        subjects = notification.alerts.prefix(Self.mostSubjects).map { child in
            Subject(
                kind: child.alert.subject.kind,
                cluster: child.alert.subject.cluster,
                clusterName: child.surroundings.clusterName,
                link: child.alert.subject.linkName,
                code: child.alert.code
            )
        }
    }
}
