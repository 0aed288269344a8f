import ClusterLinks

/// What waits for the next commit: writes in order, sightings one a cluster, and the news to publish after it.
struct WriteBacklog {
    private struct Sighting {
        let cluster: Int64
        let run: PollRun
        let message: String?
    }

    private var changes: [InventoryWrite] = []
    private var sightings: [Int64: Sighting] = [:]
    private var views: [ClusterID: ClusterView] = [:]
    private var polls: [(ClusterID, PollTally.Poll)] = []
    /// Changes that were given up because too many waited.
    private(set) var lost = 0

    /// More than this is not kept in memory for a database that fails.
    static let limit = 200_000

    var isEmpty: Bool { changes.isEmpty && sightings.isEmpty }

    var count: Int { changes.count + sightings.count }

    /// Everything to store: a run is told once, with its latest count.
    var writes: [InventoryWrite] {
        changes + sightings.values.map { .run(cluster: $0.cluster, $0.run, message: $0.message) }
    }

    mutating func append(_ write: InventoryWrite) { changes.append(write) }

    /// A run that goes on replaces what waits of it; the end of one run is written before the next begins.
    mutating func append(_ run: PollRun, of cluster: Int64, message: String?) {
        if let earlier = sightings[cluster], earlier.run.firstAt != run.firstAt {
            changes.append(.run(cluster: cluster, earlier.run, message: earlier.message))
        }
        sightings[cluster] = Sighting(cluster: cluster, run: run, message: message)
    }

    mutating func publishAfterCommit(_ view: ClusterView, poll: PollTally.Poll?) {
        views[view.id] = view
        if let poll { polls.append((view.id, poll)) }
    }

    mutating func removeWrites() {
        changes = []
        sightings = [:]
    }

    mutating func takeNews() -> (views: [ClusterView], polls: [(ClusterID, PollTally.Poll)]) {
        defer { (views, polls) = ([:], []) }
        return (Array(views.values), polls)
    }

    /// Gives up the newest changes over the limit, and counts them.
    mutating func bound() {
        let excess = changes.count - Self.limit
        guard excess > 0 else { return }
        changes.removeLast(excess)
        lost += excess
    }
}
