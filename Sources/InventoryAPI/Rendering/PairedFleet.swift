import ClusterLinks
import Inventory

/// The links of a fleet at one moment, some of which are two sides of one link.
struct PairedFleet: Sendable {
    let links: [PresentableLink]
    /// By the places of the links.
    let pairs: [LinkPair]

    /// Links whose pairs are known.
    init(_ links: [PresentableLink], pairs: [LinkPair]) {
        self.links = links
        self.pairs = pairs
    }

    /// Finds the pairs, and gives each side its counterpart.
    /// - Parameter links: all that are listed then.
    init(pairing links: [PresentableLink]) {
        let pairs = LinkPairing(links.map { LinkSide($0) }).pairs
        var linked = links
        for pair in pairs {
            linked[pair.source] = links[pair.source].with(counterpart: Counterpart(links[pair.destination]))
            linked[pair.destination] = links[pair.destination]
                .with(counterpart: Counterpart(links[pair.source]))
        }
        self.init(linked, pairs: pairs)
    }
}

extension LinkSide {
    fileprivate init(_ link: PresentableLink) {
        self.init(
            on: link.cluster,
            clusterLinkID: link.clusterLinkID,
            name: link.name,
            direction: link.direction,
            content: link.content
        )
    }

    init(_ record: LinkRecord, on cluster: ClusterView) {
        self.init(
            on: cluster,
            clusterLinkID: record.clusterLinkID,
            name: record.link.name,
            direction: record.direction,
            content: record.link.content
        )
    }

    /// What a cluster that is not configured lists has no other side: nobody polls it, so that it tells of another time.
    private init(
        on cluster: ClusterView,
        clusterLinkID: ClusterLinkID?,
        name: LinkName,
        direction: Direction,
        content: LinkContent
    ) {
        let isPolled = cluster.isConfigured
        self.init(
            cluster: cluster.id,
            clusterLinkID: isPolled ? clusterLinkID : nil,
            name: name,
            direction: direction,
            remoteClusterID: isPolled ? content.remoteClusterID(seenFrom: cluster.id).map { ClusterID($0) } : nil
        )
    }
}
