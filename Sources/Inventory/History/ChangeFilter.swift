package import ClusterLinks

/// Which changes of the feed are asked for; nil asks for all.
package struct ChangeFilter: Sendable, Hashable {
    package var kinds: Set<ChangeKind>?
    package var clusters: Set<ClusterID>?
    /// A link that was renamed has both names in that change, and the one of the time in every other.
    package var linkNames: Set<LinkName>?
    package var clusterLinkIDs: Set<ClusterLinkID>?

    package init(
        kinds: Set<ChangeKind>? = nil,
        clusters: Set<ClusterID>? = nil,
        linkNames: Set<LinkName>? = nil,
        clusterLinkIDs: Set<ClusterLinkID>? = nil
    ) {
        self.kinds = kinds
        self.clusters = clusters
        self.linkNames = linkNames
        self.clusterLinkIDs = clusterLinkIDs
    }

    /// Whether every change is admitted.
    package var isEmpty: Bool { self == ChangeFilter() }

    /// Whether only changes of certain links are admitted, so none of a cluster as a whole.
    package var namesLinks: Bool { linkNames != nil || clusterLinkIDs != nil }

    package func admits(_ subject: ChangeSubject) -> Bool {
        kinds?.contains(subject.kind) ?? true
            && clusters?.contains(subject.cluster) ?? true
            && linkNames.map { !$0.isDisjoint(with: subject.linkNames) } ?? true
            && clusterLinkIDs.map { !$0.isDisjoint(with: subject.clusterLinkIDs) } ?? true
    }
}
