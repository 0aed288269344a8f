import ClusterLinks

/// One thing to store, with every key it needs: writes wait in a queue and are carried out in order, in one transaction.
enum InventoryWrite: Sendable {
    case cluster(key: Int64, ClusterDescription, isConfigured: Bool)
    case configured(cluster: Int64, from: Instant)
    case retired(cluster: Int64, at: Instant)
    /// The configuration gained or lost a cluster that was known.
    case fleetChange(FleetChangeWrite)
    case ghosts(cluster: Int64, json: String)
    case snapshotBegan(cluster: Int64, SnapshotMark, links: Int, errors: Int)
    case snapshotEnded(cluster: Int64, SnapshotMark, lastObservedAt: Instant)
    case link(LinkWrite)
    case run(cluster: Int64, PollRun, message: String?)

    /// The same write with the feed's next number, where it is one of the feed's changes.
    func numbered(after sequence: inout Int64) -> InventoryWrite {
        switch self {
        case .link(var write) where write.event.isChange:
            sequence += 1
            write.sequence = sequence
            return .link(write)
        case .fleetChange(var write):
            sequence += 1
            write.sequence = sequence
            return .fleetChange(write)
        case .cluster, .configured, .retired, .ghosts, .snapshotBegan, .snapshotEnded, .link, .run:
            return self
        }
    }
}

struct FleetChangeWrite: Sendable {
    let kind: ChangeKind
    let cluster: Int64
    let at: Instant
    /// Nil until the write is numbered.
    var sequence: Int64?
}

/// Which snapshot of a cluster is meant, and what was in it.
struct SnapshotMark: Sendable, Hashable {
    let firstObservedAt: Instant
    let digest: ContentDigest
}

/// An event of one link with its place in the database and in the feed.
struct LinkWrite: Sendable {
    let cluster: Int64
    let link: Int64
    let at: Instant
    /// The count of the cluster's successful polls, this one included.
    let observation: Int
    /// The cluster's success before this one.
    let lastObservedAt: Instant
    var event: LinkEvent
    /// Nil until the write is numbered, and for what is no change: completions, adoptions and episodes.
    var sequence: Int64?
}
