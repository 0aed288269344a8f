import ClusterLinks
import ExactJSON
import Inventory

/// How a link is written in `/api/v1`.
enum LinkJSON {
    /// Confluent's fields of a link; an absent one is null, but for the two that are arrays.
    static let upstreamFields = [
        "cluster_link_id", "destination_cluster_id", "kind", "link_error", "link_error_message", "link_id", "link_name",
        "link_state", "metadata", "remote_cluster_id", "source_cluster_id", "tasks", "topic_names",
    ]

    /// The fields that are ours, also those that only some links have.
    static let ownFields: Set = [
        "cluster_id", "cluster_name", "labels", "health", "last_known_health", "direction", "first_observed_at",
        "last_changed_at", "stale", "configured", "deleted_at",
    ]

    private static let arrays: Set = ["tasks", "topic_names"]

    /// The whole link: the upstream's fields, ours, then the unknown ones; one of those that has a name of ours is told as
    /// `upstream_NAME`.
    static func link(_ link: PresentableLink) -> JSONObject {
        var json = upstream(link.content.fields)
        json["metadata"] = ["self": .string(path(of: link))]
        for member in own(link).members { json[member.name] = member.value }
        for member in unknown(link.content.fields) {
            var name = ownFields.contains(member.name) ? "upstream_" + member.name : member.name
            // Nothing keeps the upstream from having a field of that name too.
            while json[name] != nil { name = "upstream_" + name }
            json[name] = member.value
        }
        return json
    }

    /// A document of the past: the upstream's fields, known and unknown.
    static func document(_ fields: JSONObject) -> JSONObject {
        var json = upstream(fields)
        for member in unknown(fields) { json[isOdd(member) ? "upstream_" + member.name : member.name] = member.value }
        return json
    }

    private static func upstream(_ fields: JSONObject) -> JSONObject {
        var json = JSONObject()
        for name in upstreamFields {
            json[name] = arrays.contains(name) ? .array(fields[name]?.array ?? []) : fields[name] ?? .null
        }
        return json
    }

    private static func unknown(_ fields: JSONObject) -> [JSONObject.Member] {
        fields.members.filter { !upstreamFields.contains($0.name) || isOdd($0) }
    }

    /// What should be an array and is none is told like a field that is not known.
    private static func isOdd(_ member: JSONObject.Member) -> Bool {
        arrays.contains(member.name) && member.value.array == nil
    }

    private static func own(_ link: PresentableLink) -> JSONObject {
        var json: JSONObject = [
            "cluster_id": .string(link.cluster.id.rawValue),
            "cluster_name": .optional(link.cluster.description.name),
            "labels": .object(labels(link.cluster.description.labels)),
            "health": .string(link.health.rawValue),
            "last_known_health": .string(link.lastKnownHealth.rawValue),
            "direction": .string(link.direction.rawValue),
            "first_observed_at": .string(link.firstObservedAt.description),
            "last_changed_at": .string(link.lastChangedAt.description),
            "stale": .bool(link.cluster.isStale),
        ]
        if !link.cluster.isConfigured { json["configured"] = false }
        if let deletedAt = link.deletedAt { json["deleted_at"] = .string(deletedAt.description) }
        return json
    }

    static func labels(_ labels: [String: String]) -> JSONObject {
        var json = JSONObject()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { json[name] = .string(value) }
        return json
    }

    /// Where the link is found in Confluent's shape, relative to the service.
    static func path(of link: PresentableLink) -> String {
        path(cluster: link.cluster.id.rawValue, link: link.name.rawValue)
    }

    static func path(cluster: String, link: String? = nil) -> String {
        let list = "/kafka/v3/clusters/\(PathSegment.encoded(cluster))/links"
        return link.map { list + "/" + PathSegment.encoded($0) } ?? list
    }
}
