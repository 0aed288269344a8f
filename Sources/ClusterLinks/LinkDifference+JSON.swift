package import ExactJSON

extension LinkDifference {
    /// As `/api/v1/diff` shows it.
    package var json: JSONObject {
        [
            "kind": .string(kind.rawValue),
            "cluster_id": .string(cluster.rawValue),
            "link_name": .string(name.rawValue),
            "cluster_link_id": .optional(identity.clusterLinkID?.rawValue),
            "fields": .object(JSONObject(fields.map { ($0.name, .object($0.json)) })),
        ]
    }
}

extension FieldDifference {
    /// `{"from","to"}`, where an absent value is null, or `{"added","removed"}`.
    package var json: JSONObject {
        switch values {
        case .replaced(let from, let to): ["from": from ?? .null, "to": to ?? .null]
        case .set(let added, let removed): ["added": .array(added), "removed": .array(removed)]
        }
    }
}
