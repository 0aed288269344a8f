/// Two links of a list that are the two sides of one.
package struct LinkPair: Sendable, Hashable {
    /// What told that they are.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        /// Both have the same `cluster_link_id`.
        case clusterLinkID = "cluster_link_id"
        /// They have one name, and each names the other's cluster as its remote one.
        case remoteClusterID = "remote_cluster_id"
    }

    /// Where the side that data comes from stands in the list; in both directions, the one of the lesser cluster id.
    package let source: Int
    /// Where the other side stands in the list.
    package let destination: Int
    package let rule: Rule

    package init(source: Int, destination: Int, rule: Rule) {
        self.source = source
        self.destination = destination
        self.rule = rule
    }
}
