import ClusterLinks

/// A change as its row in the feed.
struct ChangeRow {
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

/// What a change of the feed tells; the numbers are those of the column `changes.kind`.
package enum ChangeKind: Int, Sendable, Hashable, CaseIterable {
    case changed, created, deleted
    /// The cluster left the configuration.
    case retired
    /// The cluster is in the configuration again.
    case restored

    /// As the interface names it.
    package var name: String {
        switch self {
        case .changed: "changed"
        case .created: "created"
        case .deleted: "deleted"
        case .retired: "retired"
        case .restored: "restored"
        }
    }
}

extension Instant {
    /// Hours since 1970, which `change_hours` counts.
    var hour: Int64 { milliseconds / 3_600_000 }
}
