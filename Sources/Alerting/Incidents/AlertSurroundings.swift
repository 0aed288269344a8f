package import ClusterLinks

/// What the fleet knows around an alert at one moment, which the alert itself does not hold.
package struct AlertSurroundings: Sendable, Hashable {
    /// One link object of one cluster, whatever its name.
    package struct Link: Sendable, Hashable {
        package let cluster: ClusterID
        package let identity: LinkIdentity

        package init(cluster: ClusterID, identity: LinkIdentity) {
            self.cluster = cluster
            self.identity = identity
        }
    }

    package let clusterName: String
    /// As they are configured.
    package let clusterLabels: [String: String]
    /// The cluster at the other end of the alert's link, where the link names it.
    package let remoteCluster: ClusterID?
    /// The other object of the same link, where `LinkPairing` found one.
    package let otherSide: Link?

    package init(
        clusterName: String,
        clusterLabels: [String: String] = [:],
        remoteCluster: ClusterID? = nil,
        otherSide: Link? = nil
    ) {
        self.clusterName = clusterName
        self.clusterLabels = clusterLabels
        self.remoteCluster = remoteCluster
        self.otherSide = otherSide
    }
}
