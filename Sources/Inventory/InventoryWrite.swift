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
}

struct FleetChangeWrite: Sendable {
    enum Kind: String { case retired, restored }

    let kind: Kind
    let cluster: Int64
    let sequence: Int64
    let at: Instant
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
    /// Nil for what is no change: completions, adoptions and episodes.
    let sequence: Int64?
    /// The count of the cluster's successful polls, this one included.
    let observation: Int
    /// The cluster's success before this one.
    let lastObservedAt: Instant
    let event: LinkEvent
}
