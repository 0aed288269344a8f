import ClusterLinks
package import Exposition
package import HTTPServing
package import Inventory

/// The text of all links' series in pieces, of which only those of clusters that changed are written anew.
package struct LinkSeries {
    private struct Shelf {
        let view: ClusterView
        /// One for each family, in the order of `LinkMetrics.empty`; nil where the cluster has no sample of it.
        let pieces: [BodyPiece?]
    }

    private var shelves: [ClusterID: Shelf] = [:]
    private var heads: [ExpositionFormat: [BodyPiece]] = [:]

    package init() {}

    /// The text as of a view: family after family, and within each cluster after cluster.
    package mutating func pieces(of view: FleetView, as format: ExpositionFormat) -> [BodyPiece] {
        take(view)
        let listed = view.clusters.compactMap { shelves[$0.id] }
        var result: [BodyPiece] = []
        result.reserveCapacity(LinkMetrics.empty.count * (listed.count + 1))
        for (family, head) in heads(as: format).enumerated() {
            result.append(head)
            for shelf in listed { if let piece = shelf.pieces[family] { result.append(piece) } }
        }
        return result
    }

    private mutating func take(_ view: FleetView) {
        var kept: [ClusterID: Shelf] = [:]
        kept.reserveCapacity(view.clusters.count)
        for cluster in view.clusters {
            if let shelf = shelves[cluster.id], shelf.view === cluster {
                kept[cluster.id] = shelf
            } else {
                kept[cluster.id] = Shelf(view: cluster, pieces: LinkMetrics.families(of: cluster).map(Self.samples))
            }
        }
        shelves = kept
    }

    private static func samples(of family: MetricFamily) -> BodyPiece? {
        var text: [UInt8] = []
        family.writeSamples(into: &text)
        return text.isEmpty ? nil : BodyPiece(text)
    }

    private mutating func heads(as format: ExpositionFormat) -> [BodyPiece] {
        if let known = heads[format] { return known }
        let made = LinkMetrics.empty.map { family in
            var text: [UInt8] = []
            format.writeHead(of: family, into: &text)
            return BodyPiece(text)
        }
        heads[format] = made
        return made
    }
}
