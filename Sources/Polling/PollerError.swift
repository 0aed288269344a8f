/// Why a manual poll has no report.
package enum PollerError: Error, Equatable, CustomStringConvertible {
    /// No target has this id; nothing was asked.
    case unknownCluster(String)

    /// The cluster left the targets before its poll began.
    case clusterRemoved(String)

    /// The poller has ended, or ends while the poll was waited for.
    case stopped

    /// The caller's task was cancelled; a poll already asked for may still be made.
    case cancelled

    /// A word from a closed set, fit for a metric label.
    package var reason: String {
        switch self {
        case .unknownCluster: "unknown_cluster"
        case .clusterRemoved: "cluster_removed"
        case .stopped: "stopped"
        case .cancelled: "cancelled"
        }
    }

    package var description: String {
        switch self {
        case .unknownCluster(let id): "cluster \(id): is not configured, so it cannot be polled; see the configured ids"
        case .clusterRemoved(let id): "cluster \(id): left the configuration before its poll began"
        case .stopped: "the poller has stopped and polls nothing more; ask again when the service is up"
        case .cancelled: "the wait for a poll was cancelled; the poll itself may still be made"
        }
    }
}
