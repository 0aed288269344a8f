import ClusterLinks
import Inventory

/// One cluster, polled or known only as the other end of a link.
struct TopologyNode: Sendable {
    enum Kind: Sendable {
        /// Configured, now or once.
        case known(ClusterView)
        /// Only other clusters tell of it.
        case remote
        /// Stands for the other ends of a cluster's links that tell of none.
        case untold(by: ClusterID)
    }

    let id: ClusterID
    let kind: Kind
    /// Those of the links that it lists itself.
    let healths: [Health]

    var cluster: ClusterView? {
        if case .known(let cluster) = kind { cluster } else { nil }
    }

    var isPolled: Bool { cluster?.isConfigured ?? false }

    /// The worst of its links; without links whether it is heard of.
    var health: Health {
        guard let cluster else { return .unknown }
        return Health.worst(of: healths) ?? (cluster.isStale ? .unknown : .ok)
    }

    /// What part of its links is in a health; all parts together are 1.
    func share(of health: Health) -> Double {
        guard !healths.isEmpty else { return health == self.health ? 1 : 0 }
        return Double(healths.count { $0 == health }) / Double(healths.count)
    }

    var title: String {
        switch kind {
        case .known(let cluster):
            if let name = cluster.description.name, !name.isEmpty { name } else { id.rawValue }
        case .remote: id.rawValue
        case .untold: "not told"
        }
    }

    var subtitle: String {
        switch kind {
        case .known: id.rawValue
        case .remote: "not polled"
        case .untold(let cluster): "remote end of \(cluster)"
        }
    }
}
