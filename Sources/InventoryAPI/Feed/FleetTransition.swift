import ClusterLinks
import ExactJSON

/// How a cluster is, to who watches it.
enum ClusterCondition: String, Sendable, Hashable, CaseIterable {
    /// Its last poll succeeded.
    case known
    /// Its last poll failed, but what is known of it is younger than `stale_after`.
    case failing
    /// Not heard of for `stale_after`, or never: the health of its links is unknown.
    case stale
    /// Not in the configuration any more.
    case retired
}

/// Something in the present passed into something else: told to who listens then, and kept nowhere.
struct FleetTransition: Sendable, Hashable {
    enum Change: Sendable, Hashable {
        /// Nil where the link appeared, and where it went away.
        case health(LinkName, ClusterLinkID?, from: Health?, to: Health?)
        /// Nil where the cluster is new; the reason is that of the last failure.
        case condition(from: ClusterCondition?, to: ClusterCondition, reason: String?)
    }

    /// What filters look at.
    struct Subject: Sendable, Hashable {
        let cluster: ClusterID
        /// Nil where the cluster as a whole is meant.
        let link: LinkName?
        let clusterLinkID: ClusterLinkID?
    }

    let cluster: ClusterID
    let at: Instant
    let change: Change

    /// The event's name.
    var name: String {
        switch change {
        case .health: "health"
        case .condition: "cluster"
        }
    }

    var subject: Subject {
        switch change {
        case .health(let link, let id, _, _): Subject(cluster: cluster, link: link, clusterLinkID: id)
        case .condition: Subject(cluster: cluster, link: nil, clusterLinkID: nil)
        }
    }

    var json: JSONObject {
        var json: JSONObject = ["at": .string(at.description), "cluster_id": .string(cluster.rawValue)]
        switch change {
        case .health(let link, let id, let from, let to):
            json["link_name"] = .string(link.rawValue)
            json["cluster_link_id"] = .optional(id?.rawValue)
            json["from"] = .optional(from?.rawValue)
            json["to"] = .optional(to?.rawValue)
        case .condition(let from, let to, let reason):
            json["from"] = .optional(from?.rawValue)
            json["to"] = .string(to.rawValue)
            json["reason"] = .optional(reason)
        }
        return json
    }
}
