import ClusterLinks

/// Writes for which there was no room: of each link, snapshot and run no more than its place in the history needs.
struct FoldedWrites {
    /// A write, or what became of it, with its place among all that came.
    private struct Arrival {
        let number: Int
        let write: InventoryWrite
    }

    private struct LinkArrival {
        let number: Int
        let write: LinkWrite
    }

    private struct SnapshotFold {
        var ended: Arrival?
        var began: Arrival?
    }

    private var arrivals = 0
    private var links: [Int64: LinkFold<LinkArrival>] = [:]
    private var snapshots: [Int64: SnapshotFold] = [:]
    private var ghosts: [Int64: Arrival] = [:]
    private var runs: [Int64: Arrival] = [:]
    /// As many as the configuration was read again: those are people's doing and few.
    private var configuration: [Arrival] = []
    /// Changes, episodes, snapshots and runs that were let go.
    private(set) var lost = 0

    var isEmpty: Bool { arrivals == 0 }

    var count: Int { links.values.reduce(0) { $0 + $1.entries.count } + others.count }

    /// What is left, in the order in which it came.
    var writes: [InventoryWrite] {
        let links = links.values.flatMap { fold in
            fold.entries.map { entry in
                var write = entry.stamp.write
                write.event = entry.event
                return Arrival(number: entry.stamp.number, write: .link(write))
            }
        }
        return (links + others).sorted { $0.number < $1.number }.map(\.write)
    }

    private var others: [Arrival] {
        configuration + ghosts.values + runs.values
            + snapshots.values.flatMap { [$0.ended, $0.began].compactMap(\.self) }
    }

    func tells(ofLink key: Int64) -> Bool { links[key] != nil }

    mutating func add(_ write: InventoryWrite) {
        arrivals += 1
        let arrival = Arrival(number: arrivals, write: write)
        switch write {
        case .cluster, .configured, .retired, .fleetChange: configuration.append(arrival)
        case .ghosts(let cluster, _): ghosts[cluster] = arrival
        case .snapshotBegan(let cluster, _, _, _): snapshots[cluster, default: SnapshotFold()].began = arrival
        case .snapshotEnded(let cluster, let mark, _): end(mark, of: cluster, arrival)
        case .link(let write): add(write, number: arrival.number)
        case .run(let cluster, _, _): end(runOf: cluster, arrival)
        }
    }

    private mutating func add(_ write: LinkWrite, number: Int) {
        var fold = links.removeValue(forKey: write.link) ?? LinkFold()
        let before = fold.lost
        fold.add(write.event, stamp: LinkArrival(number: number, write: write))
        lost += fold.lost - before
        if !fold.entries.isEmpty { links[write.link] = fold }
    }

    /// A snapshot that both began and ended here is let go; the one that began before gets its end.
    private mutating func end(_ mark: SnapshotMark, of cluster: Int64, _ arrival: Arrival) {
        var fold = snapshots[cluster] ?? SnapshotFold()
        if case .snapshotBegan(_, mark, _, _)? = fold.began?.write {
            fold.began = nil
            lost += 1
        } else {
            fold.ended = arrival
        }
        snapshots[cluster] = fold
    }

    /// The first run to end may have begun before and be stored in part; those that also began since are let go.
    private mutating func end(runOf cluster: Int64, _ arrival: Arrival) {
        if runs[cluster] == nil { runs[cluster] = arrival } else { lost += 1 }
    }
}
