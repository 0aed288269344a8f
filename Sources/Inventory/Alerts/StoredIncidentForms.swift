import Alerting
import ClusterLinks
import ExactJSON

/// Grounds and surroundings as the database holds them: JSON that only linkwatch reads, with every identity in full.
extension Incident.Grounds {
    var stored: JSONObject {
        switch self {
        case .first: ["shared": "nothing"]
        case .unreachableCluster(let cluster):
            ["shared": "unreachable_cluster", "cluster_id": .string(cluster.rawValue)]
        case .remoteCluster(let remote, let code):
            ["shared": "remote_cluster", "cluster_id": .string(remote.rawValue), "code": .string(code)]
        case .oneLink(let link): ["shared": "link", "link": .object(link.stored)]
        }
    }

    init?(stored: JSONObject) {
        let cluster = stored["cluster_id"]?.string.map { ClusterID($0) }
        switch (stored["shared"]?.string, cluster) {
        case ("nothing"?, _): self = .first
        case ("unreachable_cluster"?, let cluster?): self = .unreachableCluster(cluster)
        case ("remote_cluster"?, let cluster?):
            guard let code = stored["code"]?.string else { return nil }
            self = .remoteCluster(cluster, code: code)
        case ("link"?, _):
            guard let link = stored["link"]?.object.flatMap(AlertSurroundings.Link.init(stored:)) else { return nil }
            self = .oneLink(link)
        default: return nil
        }
    }
}

extension AlertSurroundings {
    var stored: JSONObject {
        let labels = clusterLabels.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return [
            "cluster_name": .string(clusterName),
            "labels": .object(JSONObject(labels)),
            "remote_cluster_id": .optional(remoteCluster?.rawValue),
            "other_side": otherSide.map { .object($0.stored) } ?? .null,
        ]
    }

    init(stored: JSONObject) {
        let labels = (stored["labels"]?.object?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        self.init(
            clusterName: stored["cluster_name"]?.string ?? "",
            clusterLabels: Dictionary(labels) { $1 },
            remoteCluster: stored["remote_cluster_id"]?.string.map { ClusterID($0) },
            otherSide: stored["other_side"]?.object.flatMap(AlertSurroundings.Link.init(stored:))
        )
    }
}

extension AlertSurroundings.Link {
    fileprivate var stored: JSONObject {
        let identity =
            switch identity {
            case .id(let id): ("cluster_link_id", id.rawValue)
            case .name(let name): ("link_name", name.rawValue)
            }
        return JSONObject([("cluster_id", .string(cluster.rawValue)), (identity.0, .string(identity.1))])
    }

    fileprivate init?(stored: JSONObject) {
        guard let cluster = stored["cluster_id"]?.string else { return nil }
        let id = stored["cluster_link_id"]?.string.flatMap { ClusterLinkID($0) }
        guard
            let identity = id.map(LinkIdentity.id)
                ?? stored["link_name"]?.string.flatMap({ LinkName($0) }).map(LinkIdentity.name)
        else { return nil }
        self.init(cluster: ClusterID(cluster), identity: identity)
    }
}
