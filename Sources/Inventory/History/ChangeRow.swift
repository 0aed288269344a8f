package import ClusterLinks

/// One change of the feed: it never changes itself, whatever becomes of the link afterwards.
package struct ChangeRow: Sendable {
    /// Counts the changes without a gap.
    package let sequence: Int64
    package let at: Instant
    package let kind: ChangeKind
    package let cluster: ClusterID
    /// None but where the kind is `changed`.
    package let changed: FieldList
    /// What was stored of the link; nil for a creation, and where a cluster as a whole is meant.
    package let before: StoredDocument?
    /// What was stored of the link; nil for a deletion, and where a cluster as a whole is meant.
    package let after: StoredDocument?
    /// Whether the cluster was listed for the first time.
    package let isBaseline: Bool

    /// As the change left it; nil where a cluster as a whole is meant.
    package var linkName: LinkName? { (after ?? before)?.name }

    /// As the change left it; nil too while the server had sent none.
    package var clusterLinkID: ClusterLinkID? { (after ?? before)?.clusterLinkID }

    /// What filters look at.
    package var subject: ChangeSubject {
        let contents = [before, after].compactMap(\.self)
        return ChangeSubject(
            kind: kind,
            cluster: cluster,
            linkNames: Set(contents.compactMap(\.name)),
            clusterLinkIDs: Set(contents.compactMap(\.clusterLinkID))
        )
    }
}

/// What a change is about.
package struct ChangeSubject: Sendable, Hashable {
    package let kind: ChangeKind
    package let cluster: ClusterID
    /// Two where the link was renamed, none where a cluster as a whole is meant.
    package let linkNames: Set<LinkName>
    package let clusterLinkIDs: Set<ClusterLinkID>
}

/// Part of the feed, in order.
package struct ChangePage: Sendable {
    package let rows: [ChangeRow]
    /// Every change up to this one was looked at: the next page goes on after it.
    package let lookedAt: Int64
    /// The oldest change that is kept; nil where there are none.
    package let oldest: Int64?
    /// The last change; 0 where there are none.
    package let latest: Int64
}
