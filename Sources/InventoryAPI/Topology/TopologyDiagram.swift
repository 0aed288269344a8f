import ClusterLinks
import Inventory

/// A topology as a flowchart in Mermaid (https://mermaid.js.org/syntax/flowchart.html).
///
/// Nodes are numbered, since an id may be anything and some words (`end`), or first letters after an arrow, mean something
/// else there. Mermaid itself draws no more than 500 edges and 50,000 characters unless its configuration says so.
enum TopologyDiagram {
    /// As registered (https://www.iana.org/assignments/media-types/application/vnd.mermaid).
    static let contentType = "application/vnd.mermaid"

    static func text(of topology: Topology) -> String {
        var lines = ["flowchart LR"]
        for health in Health.allCases { lines.append("    classDef \(health.rawValue) \(health.style)") }
        var numbers: [ClusterID: Int] = [:]
        for (number, node) in topology.nodes.enumerated() {
            numbers[node.id] = number
            lines.append("    n\(number)\(label(of: node)):::\(node.health.rawValue)")
        }
        for edge in topology.edges {
            guard let source = numbers[edge.source], let target = numbers[edge.target] else { continue }
            lines.append("    n\(source) \(edge.flow.arrow)|\(label(of: edge))| n\(target)")
        }
        for health in Health.allCases where health != .ok {
            let places = topology.edges.indices.filter { topology.edges[$0].health == health }
            guard !places.isEmpty else { continue }
            let list = places.map(String.init).joined(separator: ",")
            lines.append("    linkStyle \(list) stroke:\(health.stroke)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A rectangle, or with round ends what is not polled.
    private static func label(of node: TopologyNode) -> String {
        let names = [node.title, node.subtitle].map(MermaidText.encoded)
        let text = "\"\(names[0] == names[1] ? names[0] : names.joined(separator: "<br/>"))\""
        return node.isPolled ? "[\(text)]" : "([\(text)])"
    }

    private static func label(of edge: TopologyEdge) -> String {
        let words = [edge.sides[0].name.rawValue, edge.trouble].compactMap(\.self)
        return "\"\(words.map(MermaidText.encoded).joined(separator: "<br/>"))\""
    }
}

extension TopologyEdge.Flow {
    fileprivate var arrow: String {
        switch self {
        case .oneWay: "-->"
        case .bidirectional: "<-->"
        case .unknown: "-.->"
        }
    }
}

extension Health {
    fileprivate var style: String {
        let fill =
            switch self {
            case .ok: "#e6f4ea"
            case .degraded: "#fef3e0"
            case .error: "#fce8e6"
            case .unknown: "#f1f3f4"
            }
        return "fill:\(fill),stroke:\(stroke),color:#202124"
    }

    fileprivate var stroke: String {
        switch self {
        case .ok: "#188038"
        case .degraded: "#e37400"
        case .error: "#d93025"
        case .unknown: "#5f6368"
        }
    }
}
