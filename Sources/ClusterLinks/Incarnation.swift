/// One of the links that have had a name on a cluster, as far as choosing between them needs to know (truth rule 6).
package protocol Incarnation {
    var clusterLinkID: ClusterLinkID? { get }
    var firstObservedAt: Instant { get }
    var isListed: Bool { get }
}

extension Sequence where Element: Incarnation {
    /// The one that a name means: the newest listed incarnation, or the one with the id that was asked for.
    package func meant(byID id: ClusterLinkID? = nil) -> Element? {
        filter { id == nil ? $0.isListed : $0.clusterLinkID == id }
            .max { ($0.isListed ? 1 : 0, $0.firstObservedAt) < ($1.isListed ? 1 : 0, $1.firstObservedAt) }
    }
}
