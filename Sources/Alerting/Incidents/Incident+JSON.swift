import ClusterLinks
package import ExactJSON

extension Incident {
    /// As `GET /api/v1/incidents` lists it.
    package var json: JSONObject {
        var json = summary
        json["children"] = .array(children.map { .object($0.summary) })
        json["evidence"] = .array(evidence)
        return json
    }

    /// The incident without its alerts, as a webhook is told it beside them.
    package var summary: JSONObject {
        [
            "id": .string(id),
            "state": .string(isOpen ? "open" : "closed"),
            "severity": .string(severity.rawValue),
            "reason": .string(reason),
            "opened_at": .string(openedAt.description),
            "closed_at": .optional(closedAt?.description),
            "alerts_firing": .int(children.count(where: \.isFiring)),
            "alerts_total": .int(children.count),
        ]
    }

    /// Each fact that alerts share, with those that joined for it, in the order in which the first of them did.
    private var evidence: [JSONValue] {
        var facts: [(grounds: Grounds, alerts: [JSONValue])] = []
        var places: [Grounds: Int] = [:]
        for child in children where child.grounds != .first {
            if let place = places[child.grounds] {
                facts[place].alerts.append(.string(child.alert.id))
            } else {
                places[child.grounds] = facts.count
                facts.append((child.grounds, [.string(child.alert.id)]))
            }
        }
        return facts.map { fact in
            var json = fact.grounds.json
            json["alert_ids"] = .array(fact.alerts)
            return .object(json)
        }
    }
}

extension Incident.Grounds {
    /// A word for the kind of fact, then the fact.
    var json: JSONObject {
        switch self {
        case .first: ["shared": "nothing"]
        case .unreachableCluster(let cluster):
            ["shared": "unreachable_cluster", "cluster_id": .string(cluster.rawValue)]
        case .remoteCluster(let remote, let code):
            ["shared": "remote_cluster", "remote_cluster_id": .string(remote.rawValue), "code": .string(code)]
        case .oneLink(let link):
            [
                "shared": "link",
                "cluster_id": .string(link.cluster.rawValue),
                "link": .string(link.identity.description),
            ]
        }
    }
}

extension Incident.Child {
    /// Enough to tell which alert it is and how it stands.
    fileprivate var summary: JSONObject {
        [
            "alert_id": .string(alert.id),
            "kind": .string(alert.subject.kind.rawValue),
            "severity": .string(alert.severity.rawValue),
            "state": .string(alert.state.rawValue),
            "cluster_id": .string(alert.subject.cluster.rawValue),
            "link_name": .optional(alert.subject.linkName?.rawValue),
            "code": .optional(alert.code),
            "fired_at": .optional(alert.firedAt?.description),
            "resolved_at": .optional(alert.resolvedAt?.description),
            "grounds": .object(grounds.json),
        ]
    }
}
