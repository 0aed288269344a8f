import ClusterLinks
import Inventory

/// One link between two clusters, by what one of them or both report of it.
struct TopologyEdge: Sendable {
    /// Which way data flows between the two ends.
    enum Flow: String, CaseIterable, Sendable {
        /// From the source to the target.
        case oneWay = "one_way"
        case bidirectional
        /// Nobody says: the edge is drawn from the remote cluster to the one that reports the link.
        case unknown
    }

    /// The same as long as the link is the same.
    let id: String
    let source: ClusterID
    let target: ClusterID
    let flow: Flow
    /// One, or both with the source first.
    let sides: [PresentableLink]
    /// What told that both sides are of one link; nil where one side is known.
    let rule: LinkPair.Rule?

    /// A link of which one side is known.
    /// - Parameter remote: the node that stands for its other end.
    init(_ link: PresentableLink, remote: ClusterID) {
        id = Self.id(of: link)
        (source, target) = link.direction == .source ? (link.cluster.id, remote) : (remote, link.cluster.id)
        flow = Self.flow(of: link.direction)
        sides = [link]
        rule = nil
    }

    /// A link whose both sides are known.
    init(_ pair: LinkPair, in fleet: PairedFleet) {
        let (source, destination) = (fleet.links[pair.source], fleet.links[pair.destination])
        id = Self.id(of: source)
        (self.source, target) = (source.cluster.id, destination.cluster.id)
        flow = Self.flow(of: source.direction, and: destination.direction)
        sides = [source, destination]
        rule = pair.rule
    }

    var health: Health { Health.worst(of: sides.map(\.health)) ?? .unknown }

    private static func flow(of direction: Direction) -> Flow {
        switch direction {
        case .source, .destination: .oneWay
        case .bidirectional: .bidirectional
        case .unknown: .unknown
        }
    }

    /// What both sides say together; one that does not know contradicts nothing.
    private static func flow(of source: Direction, and destination: Direction) -> Flow {
        switch (source, destination) {
        case (.source, .destination), (.source, .unknown), (.unknown, .destination): .oneWay
        case (.bidirectional, .bidirectional), (.bidirectional, .unknown), (.unknown, .bidirectional): .bidirectional
        default: .unknown
        }
    }

    /// No two links have the same: a name where there is no id is told apart by a colon, which is encoded inside of both.
    private static func id(of link: PresentableLink) -> String {
        let cluster = PathSegment.encoded(link.cluster.id.rawValue)
        return switch link.identity {
        case .id(let id): "\(cluster)/\(PathSegment.encoded(id.rawValue))"
        case .name(let name): "\(cluster)/name:\(PathSegment.encoded(name.rawValue))"
        }
    }
}
