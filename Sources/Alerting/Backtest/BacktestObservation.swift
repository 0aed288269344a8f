package import ClusterLinks

/// Something that was observed of a cluster once, as a replay takes it in.
package struct BacktestObservation: Sendable {
    package enum News: Sendable {
        /// A list with news, and the count of the cluster's successful polls with it.
        case list([LinkEvent], number: Int)
        /// A list like the one before.
        case unchanged(number: Int)
        case failure(reason: String, message: String?)
        /// A reading of a link's tasks; the link as it was after it.
        case tasks(TrackedLink)
        /// A reading that said what the one before said.
        case sameTasks(LinkIdentity)
        /// The cluster entered the configuration, or left it.
        case configured, retired
    }

    package let cluster: ClusterID
    package let at: Instant
    package let news: News

    package init(of cluster: ClusterID, at instant: Instant, _ news: News) {
        self.cluster = cluster
        at = instant
        self.news = news
    }
}
