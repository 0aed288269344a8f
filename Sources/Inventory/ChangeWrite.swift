import ClusterLinks

/// A change as it is written into the feed.
struct ChangeWrite {
    let sequence: Int64?
    let at: Instant
    let kind: ChangeKind
    let cluster: Int64
    /// Nil where the change is about the whole cluster.
    var link: Int64?
    var before: Int64?
    var after: Int64?
    var isBaseline = false

    /// A cluster that left or entered the configuration.
    init(_ change: FleetChangeWrite) {
        sequence = change.sequence
        at = change.at
        kind = change.kind
        cluster = change.cluster
    }

    /// An event of a link.
    init(_ kind: ChangeKind, _ write: LinkWrite, before: Int64?, after: Int64?, isBaseline: Bool = false) {
        sequence = write.sequence
        at = write.at
        self.kind = kind
        cluster = write.cluster
        link = write.link
        self.before = before
        self.after = after
        self.isBaseline = isBaseline
    }
}
