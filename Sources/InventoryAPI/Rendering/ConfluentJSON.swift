import ClusterLinks
import ExactJSON
import Inventory

/// How links are written in Kafka REST v3; every address in them is one of this service's.
enum ConfluentJSON {
    static func list(of cluster: ClusterView, origin: String, withTasks: Bool) -> JSONObject {
        let address = origin + LinkJSON.path(cluster: cluster.id.rawValue)
        let links = cluster.links.map { link($0, origin: origin, withTasks: withTasks) }
        let ghosts = cluster.ghosts.map { ghost($0, address: address, withTasks: withTasks) }
        return [
            "kind": "KafkaLinkDataList",
            "metadata": ["self": .string(address), "next": .null],
            "data": .array((links + ghosts).map(JSONValue.object)),
        ]
    }

    /// The fields that Kafka REST always has; the others stand only where the upstream told them.
    static func link(_ record: LinkRecord, origin: String, withTasks: Bool) -> JSONObject {
        let fields = record.link.content.fields
        let address = origin + LinkJSON.path(cluster: record.cluster.rawValue, link: record.link.name.rawValue)
        var json: JSONObject = [
            "kind": fields["kind"] ?? "KafkaLinkData",
            "metadata": metadata(address),
        ]
        for name in ["source_cluster_id", "destination_cluster_id", "remote_cluster_id"] {
            json[name] = fields[name] ?? .null
        }
        for member in fields.members where member.name != "tasks" { json[member.name] = member.value }
        json["topic_names"] = .array(fields["topic_names"]?.array ?? [])
        if withTasks { json["tasks"] = fields["tasks"] ?? [] }
        return json
    }

    /// As the upstream listed it, but for its address: a ghost has no name that a path could be made of, so it is found
    /// in the list only.
    private static func ghost(_ ghost: JSONObject, address: String, withTasks: Bool) -> JSONObject {
        var json = ghost
        json["metadata"] = metadata(address)
        if !withTasks { json["tasks"] = nil }
        return json
    }

    private static func metadata(_ address: String) -> JSONValue {
        ["self": .string(address), "resource_name": .null]
    }
}
