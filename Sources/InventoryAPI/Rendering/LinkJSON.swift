import ClusterLinks
import ExactJSON
import Inventory

/// How a link is written in `/api/v1`.
enum LinkJSON {
    /// The fields that are ours, also those that only some links have.
    static let ownFields: Set = [
        "cluster_id", "cluster_name", "labels", "health", "last_known_health", "direction", "first_observed_at",
        "last_changed_at", "stale", "counterpart", "configured", "deleted_at", "observed_at", "age_seconds",
    ]

    /// The whole link: the upstream's fields, ours, then the unknown ones; one of those that has a name of ours is told as
    /// `upstream_NAME`.
    static func bytes(of link: PresentableLink) -> [UInt8] {
        var bytes: [UInt8] = []
        write(link, into: &bytes)
        return bytes
    }

    /// - Parameter more: appends further members of ours.
    static func write(_ link: PresentableLink, into bytes: inout [UInt8], more: (inout [UInt8]) -> Void = { _ in }) {
        let (document, cluster) = (link.json, link.clusterJSON)
        document.writeKnown(path: cluster.links, into: &bytes)
        bytes.append(contentsOf: cluster.members)
        writeOwn(link, into: &bytes)
        more(&bytes)
        document.writeUnknown(into: &bytes)
    }

    private static func writeOwn(_ link: PresentableLink, into bytes: inout [UInt8]) {
        bytes.appendMember("health", string: link.health.rawValue)
        bytes.appendMember("last_known_health", string: link.lastKnownHealth.rawValue)
        bytes.appendMember("direction", string: link.direction.rawValue)
        bytes.appendMember("first_observed_at", instant: link.firstObservedAt)
        bytes.appendMember("last_changed_at", instant: link.lastChangedAt)
        bytes.appendMember("stale", written: (link.cluster.isStale ? "true" : "false").utf8)
        if link.counterpart != nil || !link.isPast {
            bytes.appendMember("counterpart", link.counterpart.map { .object($0.json) } ?? .null)
        }
        if !link.cluster.isConfigured { bytes.appendMember("configured", written: "false".utf8) }
        if let deletedAt = link.deletedAt { bytes.appendMember("deleted_at", instant: deletedAt) }
    }

    static func labels(_ labels: [String: String]) -> JSONObject {
        var json = JSONObject()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { json[name] = .string(value) }
        return json
    }

    /// Where the links, or one of them, are found in Confluent's shape, relative to the service.
    static func path(cluster: String, link: String? = nil) -> String {
        let list = "/kafka/v3/clusters/\(PathSegment.encoded(cluster))/links"
        return link.map { list + "/" + PathSegment.encoded($0) } ?? list
    }
}
