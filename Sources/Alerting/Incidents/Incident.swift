package import ClusterLinks

/// Alerts that have one cause, and of which people are told once.
///
/// It lives from its first firing alert to the resolution of its last. Alerts that have resolved stay among its
/// children, as part of what happened; only a later occurrence of the same alert takes the place of an earlier one, so
/// that what flaps for weeks does not grow.
package struct Incident: Sendable, Hashable {
    /// Why an alert is in an incident, with the fact that it shares.
    package enum Grounds: Sendable, Hashable {
        /// It opened the incident.
        case first
        /// It is of a link of a cluster that could not be polled when it fired.
        case unreachableCluster(ClusterID)
        /// A link towards the same cluster had the same code.
        case remoteCluster(ClusterID, code: String)
        /// The same link had another alert, on this side or the other.
        case oneLink(AlertSurroundings.Link)
    }

    package struct Child: Sendable, Hashable {
        package internal(set) var alert: Alert
        package internal(set) var surroundings: AlertSurroundings
        package let grounds: Grounds

        package init(alert: Alert, surroundings: AlertSurroundings, grounds: Grounds) {
            self.alert = alert
            self.surroundings = surroundings
            self.grounds = grounds
        }

        package var isFiring: Bool { alert.state == .firing }

        package var labels: LabelSet { LabelSet(labelsOf: alert, in: surroundings) }
    }

    /// That of its first alert.
    package let id: String
    package let openedAt: Instant
    /// Nil while it is open.
    package internal(set) var closedAt: Instant?
    /// In the order in which they joined.
    package internal(set) var children: [Child]
    /// The highest that any alert in it ever had.
    package internal(set) var severity: AlertSeverity

    /// Takes back what was stored.
    package init(id: String, openedAt: Instant, closedAt: Instant?, children: [Child], severity: AlertSeverity) {
        self.id = id
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.children = children
        self.severity = severity
    }

    package var isOpen: Bool { closedAt == nil }

    package var firing: [Child] { children.filter(\.isFiring) }

    /// Orders incidents from the oldest on, in one way only.
    static func isOlder(_ left: Incident, _ right: Incident) -> Bool {
        left.openedAt == right.openedAt ? left.id < right.id : left.openedAt < right.openedAt
    }
}
