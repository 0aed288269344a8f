import ClusterLinks
package import ExactJSON

extension Alert {
    /// The alert as `/api/v1/alerts` lists it and a webhook is told it.
    /// - Parameter standing: how it stands now; a webhook is told of one moment that is over, and not of this.
    package func json(in surroundings: AlertSurroundings, standing: AlertStanding? = nil) -> JSONObject {
        var json: JSONObject = [
            "id": .string(id),
            "fingerprint": .string(fingerprint),
            "kind": .string(subject.kind.rawValue),
            "severity": .string(severity.rawValue),
            "state": .string(state.rawValue),
        ]
        if let standing { json["unconfirmed"] = .bool(standing.isUnconfirmed) }
        json["labels"] = .object(LabelSet(labelsOf: self, in: surroundings).json)
        json["annotations"] = .object(LabelSet(annotationsOf: self, in: surroundings).json)
        json["cluster_id"] = .string(subject.cluster.rawValue)
        json["link_name"] = .optional(subject.linkName?.rawValue)
        json["cluster_link_id"] = .optional(subject.link?.clusterLinkID?.rawValue)
        json["link_error"] = .optional(subject.kind == .linkError ? code : nil)
        json["code"] = .optional(code)
        json["task"] = .optional(task)
        json["message"] = .optional(message)
        json["started_at"] = .string(startedAt.description)
        json["fired_at"] = .optional(firedAt?.description)
        if let standing { json["last_observed_at"] = .string(standing.lastObservedAt.description) }
        json["resolved_at"] = .optional(resolvedAt?.description)
        json["resolved_reason"] = .optional(resolvedReason?.rawValue)
        json["observations"] = .int(standing?.observations ?? observations)
        if let standing {
            json["acknowledged_by"] = .optional(standing.acknowledgement?.by)
            json["acknowledgement"] = standing.acknowledgement.map { .object($0.json) } ?? .null
            json["silenced_by"] = .array(standing.silencedBy.map(JSONValue.string))
        }
        json["flapping"] = .bool(isFlapping)
        if let standing { json["incident_id"] = .optional(standing.incident) }
        json["remediation"] = LabelSet.remediation(of: self).map { .object($0.json) } ?? .null
        return json
    }
}
