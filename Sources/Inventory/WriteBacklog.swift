import ClusterLinks

/// What waits for the next commit: writes in order, sightings one a cluster, and the news to publish after it.
///
/// While the database fails, writes beyond the limit are folded: what then waits grows with the links there are, not with
/// what happens to them.
struct WriteBacklog {
    struct Sighting {
        let cluster: Int64
        let run: PollRun
        let message: String?

        var write: InventoryWrite { .run(cluster: cluster, run, message: message) }
    }

    /// How many writes wait as they are.
    let limit: Int
    /// Whether the last attempt to write failed.
    var isRefused = false
    private var changes: [InventoryWrite] = []
    private var folded = FoldedWrites()
    private var sightings: [Int64: Sighting] = [:]
    private var views: [ClusterID: ClusterView] = [:]
    private var polls: [(ClusterID, PollTally.Poll)] = []
    private var lostBefore = 0

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { changes.isEmpty && folded.isEmpty && sightings.isEmpty }

    var count: Int { changes.count + folded.count + sightings.count }

    /// What was given up by folding, ever.
    var lost: Int { lostBefore + folded.lost }

    /// Once one write is folded all are, as they have an order.
    private var isFolding: Bool { !folded.isEmpty || (isRefused && changes.count >= limit) }

    /// Everything to store: a run is told once, with its latest count, and what was folded is numbered now.
    func writes(numberedAfter sequence: inout Int64) -> [InventoryWrite] {
        changes + folded.writes.map { $0.numbered(after: &sequence) } + sightings.values.map(\.write)
    }

    /// Takes in a write; one that does not have to be folded takes its number from the sequence.
    mutating func append(_ write: InventoryWrite, sequence: inout Int64) {
        if isFolding { folded.add(write) } else { changes.append(write.numbered(after: &sequence)) }
    }

    /// A run that goes on replaces what waits of it; the end of one run is written before the next begins.
    mutating func append(_ run: PollRun, of cluster: Int64, message: String?) {
        let sighting = Sighting(cluster: cluster, run: run, message: message)
        if let earlier = sightings.updateValue(sighting, forKey: cluster), earlier.run.firstAt != run.firstAt {
            if isFolding { folded.add(earlier.write) } else { changes.append(earlier.write) }
        }
    }

    /// False for a link of which nothing will ever be stored.
    func tells(ofLink key: Int64) -> Bool { !isFolding || folded.tells(ofLink: key) }

    mutating func publishAfterCommit(_ view: ClusterView, poll: PollTally.Poll?) {
        views[view.id] = view
        if let poll { polls.append((view.id, poll)) }
    }

    mutating func removeWrites() {
        lostBefore = lost
        changes = []
        folded = FoldedWrites()
        sightings = [:]
        isRefused = false
    }

    mutating func takeNews() -> (views: [ClusterView], polls: [(ClusterID, PollTally.Poll)]) {
        defer { (views, polls) = ([:], []) }
        return (Array(views.values), polls)
    }
}
