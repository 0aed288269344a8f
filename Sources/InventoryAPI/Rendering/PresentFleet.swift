import ClusterLinks
import Inventory

/// A view of the fleet with the links that are two sides of one.
struct PresentFleet: Sendable {
    let view: FleetView
    /// By the places of the records in the whole view.
    private let pairing: LinkPairing
    /// The place of the first link of each cluster.
    private let starts: [Int]

    /// - Parameter earlier: an earlier one, whose pairs hold as long as no link came, went, or got other ends.
    init(_ view: FleetView, after earlier: PresentFleet? = nil) {
        self.view = view
        if let earlier, Self.pairAlike(earlier.view, view) {
            (pairing, starts) = (earlier.pairing, earlier.starts)
            return
        }
        pairing = LinkPairing(
            view.clusters.flatMap { cluster in cluster.links.map { LinkSide($0, on: cluster) } }
        )
        var places = 0
        starts = view.clusters.map { cluster in
            defer { places += cluster.links.count }
            return places
        }
    }

    /// All links of the view, without their counterparts.
    var paired: PairedFleet {
        PairedFleet(
            view.clusters.flatMap { cluster in cluster.links.map { PresentableLink($0, in: cluster) } },
            pairs: pairing.pairs
        )
    }

    /// The record in a place of the whole view.
    subscript(_ place: Int) -> LinkRecord {
        let cluster = starts.partitioningIndex { $0 > place } - 1
        return view.clusters[cluster].links[place - starts[cluster]]
    }

    /// The other side of a link of the view; nil where it is not known.
    func counterpart(of record: LinkRecord) -> Counterpart? {
        place(of: record).flatMap { pairing.partner(of: $0) }.map { Counterpart(self[$0]) }
    }

    /// By bisection, twice: the clusters are in order of their ids, the links of each in order of name and id.
    private func place(of record: LinkRecord) -> Int? {
        let index = view.clusters.partitioningIndex { $0.id >= record.cluster }
        guard index < view.clusters.endIndex else { return nil }
        let links = view.clusters[index].links
        let key = (record.link.name, record.link.identity.description)
        let place = links.partitioningIndex { ($0.link.name, $0.link.identity.description) >= key }
        return place < links.endIndex && links[place] === record ? starts[index] + place : nil
    }

    /// Whether the same links in the same places of two views tell the same of their ends.
    private static func pairAlike(_ left: FleetView, _ right: FleetView) -> Bool {
        left.clusters.count == right.clusters.count
            && zip(left.clusters, right.clusters).allSatisfy { left, right in
                left === right
                    || left.id == right.id && left.links.count == right.links.count
                        && left.isConfigured == right.isConfigured
                        && zip(left.links, right.links).allSatisfy {
                            $0 === $1 || LinkSide($0, on: left) == LinkSide($1, on: right)
                        }
            }
    }
}
