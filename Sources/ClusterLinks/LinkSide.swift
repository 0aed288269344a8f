/// One link as one cluster lists it, as far as finding its other side needs to know it.
package struct LinkSide: Sendable, Hashable {
    package let cluster: ClusterID
    /// Nil where the server has never sent an id.
    package let clusterLinkID: ClusterLinkID?
    package let name: LinkName
    package let direction: Direction
    /// The other end, where the cluster tells it.
    package let remoteClusterID: ClusterID?

    package init(
        cluster: ClusterID,
        clusterLinkID: ClusterLinkID?,
        name: LinkName,
        direction: Direction,
        remoteClusterID: ClusterID?
    ) {
        self.cluster = cluster
        self.clusterLinkID = clusterLinkID
        self.name = name
        self.direction = direction
        self.remoteClusterID = remoteClusterID
    }

    /// Whether data flows from one of the two to the other and each says so, or both ways.
    func complements(_ other: LinkSide) -> Bool {
        switch (direction, other.direction) {
        case (.source, .destination), (.destination, .source), (.bidirectional, .bidirectional): true
        default: false
        }
    }

    /// Orders the sides of one link: the source before the destination, and by cluster where neither is more than the other.
    func precedes(_ other: LinkSide) -> Bool {
        (rank, cluster) < (other.rank, other.cluster)
    }

    private var rank: Int {
        switch direction {
        case .source: 0
        case .bidirectional, .unknown: 1
        case .destination: 2
        }
    }
}
