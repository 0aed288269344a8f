package import ClusterLinks

/// Who lists which links now, as far as it is asked to find the other side of one.
package protocol ListedFleet {
    /// What a cluster lists; nil for one that is not configured.
    func links(of cluster: ClusterID) -> [LinkIdentity: TrackedLink]?

    /// The configured clusters that list a link of that identity, each with it.
    func listings(of identity: LinkIdentity) -> [(cluster: ClusterID, link: TrackedLink)]
}

extension AlertSurroundings {
    /// What a fleet tells of an alert.
    /// - Parameters:
    ///   - rules: those of the alert's cluster.
    ///   - link: the one that the alert is about, where it is listed.
    package init(of alert: Alert, by rules: AlertRules, about link: TrackedLink?, in fleet: some ListedFleet) {
        let cluster = alert.subject.cluster
        self.init(
            clusterName: rules.clusterName,
            clusterLabels: rules.clusterLabels,
            remoteCluster: link?.content.remoteClusterID(seenFrom: cluster).map { ClusterID($0) },
            otherSide: link.flatMap { Self.otherSide(of: $0, on: cluster, in: fleet) }
        )
    }

    /// The other object of a link, looked for among those that could be it.
    ///
    /// Whether two links are sides of one depends on no others than those of the same id, and of the same name on the two
    /// clusters, with those of their ids.
    private static func otherSide(of link: TrackedLink, on cluster: ClusterID, in fleet: some ListedFleet) -> Link? {
        var candidates = [Link(cluster: cluster, identity: link.identity)]
        var sides = [LinkSide(of: link, on: cluster)]
        func add(_ other: TrackedLink, _ place: ClusterID) {
            let candidate = Link(cluster: place, identity: other.identity)
            guard !candidates.contains(candidate) else { return }
            candidates.append(candidate)
            sides.append(LinkSide(of: other, on: place))
        }
        func addNamesakes(ofID identity: LinkIdentity) {
            guard identity.clusterLinkID != nil else { return }
            for listing in fleet.listings(of: identity) { add(listing.link, listing.cluster) }
        }
        addNamesakes(ofID: link.identity)
        // A side that is known by its ends alone is on the cluster at the other end.
        if let remote = sides[0].remoteClusterID, let others = fleet.links(of: remote) {
            for other in others.values where other.name == link.name { add(other, remote) }
            for other in (fleet.links(of: cluster) ?? [:]).values where other.name == link.name { add(other, cluster) }
        }
        for candidate in candidates { addNamesakes(ofID: candidate.identity) }
        return LinkPairing(sides).partner(of: 0).map { candidates[$0] }
    }
}

extension LinkSide {
    fileprivate init(of link: TrackedLink, on cluster: ClusterID) {
        self.init(
            cluster: cluster,
            clusterLinkID: link.identity.clusterLinkID,
            name: link.name,
            direction: Direction(of: link.content, on: cluster),
            remoteClusterID: link.content.remoteClusterID(seenFrom: cluster).map { ClusterID($0) }
        )
    }
}
