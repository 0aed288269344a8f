import ClusterLinks
import ExactJSON
import Inventory

/// What every link of one cluster tells of it, written once.
final class ClusterJSON: Sendable {
    /// `cluster_id`, `cluster_name` and `labels`, with a comma before the first.
    let members: [UInt8]
    /// Where its links are found in Confluent's shape, relative to the service and up to the slash before a link's name.
    let links: [UInt8]

    init(_ cluster: ClusterDescription) {
        var members: [UInt8] = []
        members.appendMember("cluster_id", string: cluster.id.rawValue)
        members.appendMember("cluster_name", string: cluster.name)
        members.appendMember("labels", .object(LinkJSON.labels(cluster.labels)))
        self.members = members
        links = Array((LinkJSON.path(cluster: cluster.id.rawValue) + "/").utf8)
    }
}
