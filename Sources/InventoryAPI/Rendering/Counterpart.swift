import ClusterLinks
import ExactJSON
import Inventory

/// The other side of a link, as its own cluster names it.
struct Counterpart: Sendable, Hashable {
    let cluster: ClusterID
    let name: LinkName
    let clusterLinkID: ClusterLinkID?

    init(_ link: PresentableLink) {
        cluster = link.cluster.id
        name = link.name
        clusterLinkID = link.clusterLinkID
    }

    init(_ record: LinkRecord) {
        cluster = record.cluster
        name = record.link.name
        clusterLinkID = record.clusterLinkID
    }

    var json: JSONObject {
        [
            "cluster_id": .string(cluster.rawValue),
            "link_name": .string(name.rawValue),
            "cluster_link_id": .optional(clusterLinkID?.rawValue),
        ]
    }
}
