import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory

extension JSONValue {
    static func instant(_ instant: Instant?) -> JSONValue { .optional(instant?.description) }

    static func seconds(_ milliseconds: Int64) -> JSONValue { .double(Double(milliseconds) / 1000) }
}

extension LinkFacts {
    /// Confluent's fields as `/api/v1` shows them, but for `metadata`, which is no content.
    var document: JSONObject {
        var document: JSONObject = [
            "cluster_link_id": .optional(id), "destination_cluster_id": .optional(destination), "kind": .null,
            "link_error": .optional(error), "link_error_message": .optional(message), "link_id": .null,
            "link_name": .string(name), "link_state": .optional(state), "remote_cluster_id": .optional(remote),
            "source_cluster_id": .optional(source), "tasks": .array(taskDocuments),
            "topic_names": .array(topics.sorted().map(JSONValue.string)),
        ]
        if let extra { document["extra"] = .int(extra) }
        return document
    }

    var taskDocuments: [JSONValue] { tasks.sorted().map { .object(Self.document(of: $0)) } }

    /// What is told of a field in a difference, where it is told from and to.
    func value(of field: String) -> JSONValue { document[field] ?? .null }

    var lastKnownHealth: String {
        if trouble != nil { return "error" }
        return tasks.contains { $0.contains("=") } ? "degraded" : "ok"
    }

    func direction(on cluster: ClusterID) -> String {
        switch (source, destination, remote) {
        case (let source?, let destination?, _):
            cluster.rawValue == destination
                ? source == destination ? "unknown" : "destination" : cluster.rawValue == source ? "source" : "unknown"
        case (.some, nil, _): "destination"
        case (nil, .some, _): "source"
        case (nil, nil, .some): "bidirectional"
        case (nil, nil, nil): "unknown"
        }
    }
}

extension NaiveView {
    func health(of facts: LinkFacts, _ moment: Moment) -> String { isKnown(moment) ? facts.lastKnownHealth : "unknown" }

    /// A link as lists show it.
    func json(_ sighting: Sighting, _ moment: Moment) -> JSONObject {
        var json = sighting.facts.document
        json["cluster_id"] = .string(id.rawValue)
        json["cluster_name"] = .optional(description.name)
        json["labels"] = labels
        json["direction"] = .string(sighting.facts.direction(on: id))
        json["first_observed_at"] = .instant(sighting.link.firstObservedAt)
        json["last_changed_at"] = .instant(sighting.version.from)
        json["stale"] = .bool(!isKnown(moment))
        if !isConfigured(moment) { json["configured"] = false }
        json["last_known_health"] = .string(sighting.facts.lastKnownHealth)
        if let deletedAt = sighting.deletedAt {
            json["deleted_at"] = .instant(deletedAt)
            json["health"] = "unknown"
        } else {
            json["health"] = .string(health(of: sighting.facts, moment))
        }
        return json
    }

    var labels: JSONValue {
        .object(JSONObject(description.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
