package import ClusterLinks

/// A listed link as it is served; a new one is made only when something about it changes, so that what was made from it
/// can be kept as long as the record is the same object.
package final class LinkRecord: Sendable {
    package let cluster: ClusterID
    package let link: TrackedLink
    package let direction: Direction
    package let lastKnownHealth: Health

    init(cluster: ClusterID, link: TrackedLink) {
        self.cluster = cluster
        self.link = link
        direction = Direction(of: link.content, on: cluster)
        lastKnownHealth = link.lastKnownHealth
    }
}

extension LinkRecord: Incarnation {
    package var clusterLinkID: ClusterLinkID? { link.identity.clusterLinkID }
    package var firstObservedAt: Instant { link.firstObservedAt }
    package var isListed: Bool { true }
}
