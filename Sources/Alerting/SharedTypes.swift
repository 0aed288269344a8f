package import ClusterLinks

package enum AlertKind: String, Sendable, Hashable, CaseIterable {
    case linkError = "link_error"
    case linkState = "link_state"
    case taskError = "task_error"
    case linkMissing = "link_missing"
    case linkUnexpected = "link_unexpected"
    case clusterUnreachable = "cluster_unreachable"
}

package enum AlertSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    case info, warning, critical

    package static func < (left: AlertSeverity, right: AlertSeverity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

package enum AlertState: String, Sendable, Hashable, CaseIterable { case pending, firing, resolved }

package enum ResolvedReason: String, Sendable, Hashable, CaseIterable {
    case recovered, deleted
    case clusterRemoved = "cluster_removed"
    case ruleRemoved = "rule_removed"
}

package struct AlertSubject: Sendable, Hashable {
    package let kind: AlertKind
    package let cluster: ClusterID
    package let link: LinkIdentity?
    package let linkName: LinkName?

    package init(kind: AlertKind, cluster: ClusterID, link: LinkIdentity?, linkName: LinkName?) {
        self.kind = kind
        self.cluster = cluster
        self.link = link
        self.linkName = linkName
    }
}

package struct Mark: Sendable, Hashable {
    package let number: Int
    package let at: Instant

    package init(number: Int, at: Instant) {
        self.number = number
        self.at = at
    }
}

package struct Alert: Sendable, Hashable {
    package var id: String
    package var fingerprint: String
    package var subject: AlertSubject
    package var severity: AlertSeverity
    package var state: AlertState
    package var startedAt: Instant
    package var firedAt: Instant?
    package var resolvedAt: Instant?
    package var resolvedReason: ResolvedReason?
    package var code: String?
    package var message: String?
    package var badSince: Mark
    package var goodSince: Mark?
    package var observations: Int
    package var isFlapping: Bool

    package init(
        id: String,
        fingerprint: String,
        subject: AlertSubject,
        severity: AlertSeverity,
        state: AlertState,
        startedAt: Instant,
        badSince: Mark
    ) {
        self.id = id
        self.fingerprint = fingerprint
        self.subject = subject
        self.severity = severity
        self.state = state
        self.startedAt = startedAt
        self.badSince = badSince
        observations = 1
        isFlapping = false
    }
}
