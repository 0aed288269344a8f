/// What an alert can be about, in the order in which the alerts of one observation are told.
package enum AlertKind: String, Sendable, Hashable, CaseIterable {
    case linkError = "link_error"
    /// `FAILED` or `UNAVAILABLE` without an error.
    case linkState = "link_state"
    case taskError = "task_error"
    /// In `expected_links`, and not listed.
    case linkMissing = "link_missing"
    /// Listed, and not in `expected_links` although these are exhaustive.
    case linkUnexpected = "link_unexpected"
    case clusterUnreachable = "cluster_unreachable"

    /// The kinds whose subject is a link that is listed: they end with its deletion.
    static let ofListedLinks: [AlertKind] = [.linkError, .linkState, .taskError, .linkUnexpected]

    /// The severity where no rule of the configuration says another.
    ///
    /// A failing task delays what the link is for without stopping it, and a link too many loses nothing.
    package var defaultSeverity: AlertSeverity {
        switch self {
        case .linkError, .linkState, .linkMissing, .clusterUnreachable: .critical
        case .taskError, .linkUnexpected: .warning
        }
    }

    /// Whether the successful polls of the cluster are the observations of this kind.
    ///
    /// The readings of a link's tasks are those of `task_error`, all polls those of `cluster_unreachable`.
    package var countsLists: Bool { self != .taskError && self != .clusterUnreachable }

    /// The `alertname` of Prometheus' and Alertmanager's world.
    package var alertName: String {
        switch self {
        case .linkError: "LinkwatchLinkError"
        case .linkState: "LinkwatchLinkState"
        case .taskError: "LinkwatchTaskError"
        case .linkMissing: "LinkwatchLinkMissing"
        case .linkUnexpected: "LinkwatchLinkUnexpected"
        case .clusterUnreachable: "LinkwatchClusterUnreachable"
        }
    }

    /// Its place in the order.
    var rank: Int {
        switch self {
        case .linkError: 0
        case .linkState: 1
        case .taskError: 2
        case .linkMissing: 3
        case .linkUnexpected: 4
        case .clusterUnreachable: 5
        }
    }
}
