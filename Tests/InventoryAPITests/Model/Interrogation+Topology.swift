import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// Every configured cluster is a node, every link lies under one edge, and both sides of a link under the same.
    mutating func topology() throws {
        guard knows("/topology") else { return }
        try topology(fleet.present)
        if knows("/topology", "at") { for instant in instants(3) { try topology(.past(instant)) } }
    }

    private mutating func topology(_ moment: Moment) throws {
        let target = "/api/v1/topology" + (moment.isPresent ? "" : "?at=\(moment.instant)")
        let answer = try get(target)
        guard answer.status == 200 else { return note(target, "\(answer.status) \(answer.text.prefix(300))") }
        let nodes = answer.json["nodes"]?.array?.compactMap(\.object) ?? []
        let edges = answer.json["edges"]?.array?.compactMap(\.object) ?? []
        let views = fleet.clusters.filter {
            $0.isConfigured(moment) && (moment.isPresent || $0.lastFrame(moment) != nil)
        }
        for view in views {
            guard
                let node = nodes.first(where: { $0["cluster_id"]?.string == view.id.rawValue && $0["polled"] == true })
            else {
                note(target, "\(view.id) is no polled node")
                continue
            }
            let healths = view.listed(moment).map { view.health(of: $0.facts, moment) }
            var counts: JSONObject = ["total": .int(healths.count)]
            for health in ["ok", "degraded", "error", "unknown"] {
                counts[health] = .int(healths.count { $0 == health })
            }
            let expected: JSONObject = ["stale": .bool(!view.isKnown(moment)), "links": .object(counts)]
            expect(.object(node), .object(expected), target)
        }
        let ids = nodes.compactMap { $0["id"]?.string }
        if Set(ids).count != ids.count { note(target, "two nodes of one id") }
        for edge in edges {
            for end in ["source", "target"] where !ids.contains(edge[end]?.string ?? "") {
                note(target, "an edge ends nowhere: \(JSONValue.object(edge).text)")
            }
        }
        let sides = edges.flatMap { $0["sides"]?.array?.compactMap(\.object) ?? [] }.map(Self.name)
        let links = views.flatMap { view in
            view.listed(moment).map { "\(view.id) \($0.facts.name) \($0.facts.id ?? "-")" }
        }
        if sides.sorted() != links.sorted() { note(target, "sides \(sides.sorted()), expected \(links.sorted())") }
        let joined = edges.compactMap { $0["sides"]?.array?.compactMap(\.object) }.filter { $0.count == 2 }
            .map { Set($0.map { "\($0["cluster_id"]?.string ?? "") \($0["link_name"]?.string ?? "")" }) }
        let pairs = Self.pairs(of: views, moment)
        if Set(joined) != Set(pairs) || joined.count != pairs.count {
            note(target, "joined \(joined), expected \(pairs)")
        }
    }

    private static func name(of side: JSONObject) -> String {
        ["cluster_id", "link_name", "cluster_link_id"].map { side[$0]?.string ?? "-" }.joined(separator: " ")
    }
}
