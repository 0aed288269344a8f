import ClusterLinks
import Inventory

/// The clusters of a fleet and the links between them: two sides of one link are one edge.
struct Topology: Sendable {
    /// Nil for the present, which is told by the answer's tag.
    let at: Instant?
    /// In order of their ids.
    let nodes: [TopologyNode]
    /// In order of the cluster, name and id of the first side.
    let edges: [TopologyEdge]

    /// - Parameters:
    ///   - fleet: all links that are listed then.
    ///   - clusters: all clusters of the same moment.
    ///   - filter: a link is shown if it touches a cluster that is admitted, and that cluster with or without links.
    init(of fleet: PairedFleet, clusters: [ClusterView], admitting filter: ClusterFilter, at instant: Instant? = nil) {
        at = instant
        var healths: [ClusterID: [Health]] = [:]
        for link in fleet.links { healths[link.cluster.id, default: []].append(link.health) }
        var nodes: [ClusterID: TopologyNode] = [:]
        for cluster in clusters {
            nodes[cluster.id] = TopologyNode(id: cluster.id, kind: .known(cluster), healths: healths[cluster.id] ?? [])
        }
        let admitted = Set(clusters.filter(filter.admits).map(\.id))

        var ends = RemoteEnds(of: fleet, known: nodes)
        var edges: [TopologyEdge] = []
        var shown = admitted
        let isSecond = Set(fleet.pairs.map(\.destination))
        let pairs = Dictionary(fleet.pairs.map { ($0.source, $0) }) { $1 }
        for (place, link) in fleet.links.enumerated()
        where !isSecond.contains(place) && filter.admits(configured: link.cluster.isConfigured) {
            let edge =
                pairs[place].map { TopologyEdge($0, in: fleet) }
                ?? TopologyEdge(link, remote: ends.node(for: link, among: &nodes))
            let touched = [edge.source, edge.target]
            guard
                touched.contains(where: { admitted.contains($0) || nodes[$0]?.cluster == nil && filter.asks(for: $0) })
            else { continue }
            edges.append(edge)
            shown.formUnion(touched)
        }
        self.nodes = shown.compactMap { nodes[$0] }.sorted { $0.id < $1.id }
        self.edges = edges.sorted { Self.key(of: $0.sides[0]) < Self.key(of: $1.sides[0]) }
    }

    private static func key(of link: PresentableLink) -> (ClusterID, LinkName, String) {
        (link.cluster.id, link.name, link.identity.description)
    }
}

/// Gives every link a node for its other end.
private struct RemoteEnds {
    /// The ids that clusters have.
    private var taken: Set<ClusterID>
    private var untold: [ClusterID: ClusterID] = [:]

    init(of fleet: PairedFleet, known: [ClusterID: TopologyNode]) {
        taken = Set(known.keys)
        for link in fleet.links { if let remote = Self.remote(of: link) { taken.insert(remote) } }
    }

    /// The node of the cluster that a link names, or one that stands for what the links of its cluster do not tell.
    mutating func node(for link: PresentableLink, among nodes: inout [ClusterID: TopologyNode]) -> ClusterID {
        if let remote = Self.remote(of: link) {
            if nodes[remote] == nil { nodes[remote] = TopologyNode(id: remote, kind: .remote, healths: []) }
            return remote
        }
        if let known = untold[link.cluster.id] { return known }
        // Any text may be the id of a cluster.
        var id = link.cluster.id.rawValue + "?"
        while !taken.insert(ClusterID(id)).inserted { id += "?" }
        let node = TopologyNode(id: ClusterID(id), kind: .untold(by: link.cluster.id), healths: [])
        untold[link.cluster.id] = node.id
        nodes[node.id] = node
        return node.id
    }

    private static func remote(of link: PresentableLink) -> ClusterID? {
        link.content.remoteClusterID(seenFrom: link.cluster.id).map { ClusterID($0) }
    }
}
