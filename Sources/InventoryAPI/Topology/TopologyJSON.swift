import ClusterLinks
import ExactJSON
import Inventory

/// A topology as nodes and edges in the fields that Grafana's Node graph reads, with ours beside them
/// (https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/node-graph/#data-api).
enum TopologyJSON {
    static func encoded(_ topology: Topology) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(contentsOf: #"{"at":"#.utf8)
        JSONValue.optional(topology.at?.description).write(into: &bytes)
        bytes.append(contentsOf: #","nodes":["#.utf8)
        write(topology.nodes, into: &bytes, node)
        bytes.append(contentsOf: #"],"edges":["#.utf8)
        write(topology.edges, into: &bytes, edge)
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }

    private static func write<Element>(
        _ elements: [Element],
        into bytes: inout [UInt8],
        _ json: (Element) -> JSONObject
    ) {
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            json(element).write(into: &bytes)
        }
    }

    private static func node(_ node: TopologyNode) -> JSONObject {
        var json: JSONObject = [
            "id": .string(node.id.rawValue),
            "title": .string(node.title),
            "subtitle": .string(node.subtitle),
            "mainstat": .optional(node.cluster.map { _ in count(node.healths.count, "link") }),
            "secondarystat": .string(trouble(of: node)),
            "color": .string(node.health.color),
        ]
        for health in Health.allCases { json["arc__" + health.rawValue] = .double(node.share(of: health)) }
        let isUntold = if case .untold = node.kind { true } else { false }
        json["cluster_id"] = isUntold ? .null : .string(node.id.rawValue)
        json["cluster_name"] = .optional(node.cluster?.description.name)
        json["labels"] = .object(LinkJSON.labels(node.cluster?.description.labels ?? [:]))
        json["polled"] = .bool(node.isPolled)
        json["stale"] = .bool(node.cluster?.isStale ?? true)
        json["health"] = .string(node.health.rawValue)
        json["links"] = .object(HealthCounts(node.healths).json)
        return json
    }

    private static func edge(_ edge: TopologyEdge) -> JSONObject {
        let name = edge.sides[0].name.rawValue
        return [
            "id": .string(edge.id),
            "source": .string(edge.source.rawValue),
            "target": .string(edge.target.rawValue),
            "mainstat": .string(name),
            "secondarystat": .string(edge.trouble ?? edge.health.rawValue),
            "color": .string(edge.health.color),
            // Dashed where the direction is a guess.
            "strokeDasharray": edge.flow == .unknown ? "4 4" : .null,
            "detail__direction": .string(edge.flow.words),
            "detail__reports": .string(edge.sides.map(\.words).joined(separator: "; ")),
            "link_name": .string(name),
            "direction": .string(edge.flow.rawValue),
            "health": .string(edge.health.rawValue),
            "joined_by": .optional(edge.rule?.rawValue),
            "sides": .array(edge.sides.map { .object(side($0)) }),
        ]
    }

    private static func side(_ link: PresentableLink) -> JSONObject {
        [
            "cluster_id": .string(link.cluster.id.rawValue),
            "link_name": .string(link.name.rawValue),
            "cluster_link_id": .optional(link.clusterLinkID?.rawValue),
            "direction": .string(link.direction.rawValue),
            "health": .string(link.health.rawValue),
            "last_known_health": .string(link.lastKnownHealth.rawValue),
            "link_state": .optional(link.content.state?.rawValue),
            "link_error": .optional(link.content.error?.rawValue),
        ]
    }

    /// What stands below the number of links: how many are in the worst health.
    private static func trouble(of node: TopologyNode) -> String {
        guard node.isPolled else { return "not polled" }
        guard node.health != .ok, !node.healths.isEmpty else { return node.health.rawValue }
        return "\(node.healths.count { $0 == node.health }) \(node.health.rawValue)"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension TopologyEdge {
    /// What the sides complain of, each thing once; nil where they do not.
    var trouble: String? {
        var words: [String] = []
        for word in sides.compactMap(\.trouble) where !words.contains(word) { words.append(word) }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}

extension TopologyEdge.Flow {
    fileprivate var words: String {
        switch self {
        case .oneWay: "from source to target"
        case .bidirectional: "both ways"
        case .unknown: "not told; drawn from the remote cluster"
        }
    }
}

extension PresentableLink {
    /// In one word what is wrong, by what was last known.
    fileprivate var trouble: String? {
        switch (health, lastKnownHealth) {
        case (.unknown, _): "unknown"
        case (_, .error): content.error?.rawValue ?? content.state?.rawValue ?? "error"
        case (_, .degraded): "degraded"
        default: nil
        }
    }

    fileprivate var words: String { "\(cluster.id): \(trouble ?? health.rawValue)" }
}

extension Health {
    /// Of the colours that HTML names, since that is what Grafana takes.
    var color: String {
        switch self {
        case .ok: "green"
        case .degraded: "orange"
        case .error: "red"
        case .unknown: "gray"
        }
    }
}
