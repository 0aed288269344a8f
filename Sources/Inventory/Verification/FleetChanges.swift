/// When the feed tells that clusters left the configuration, and that they were back.
struct FleetChanges {
    private(set) var retired: [Int64: Set<Int64>] = [:]
    private(set) var restored: [Int64: Set<Int64>] = [:]

    /// Of clusters, by their keys.
    subscript(cluster: Int64) -> (retired: Set<Int64>, restored: Set<Int64>) {
        (retired[cluster] ?? [], restored[cluster] ?? [])
    }

    /// False for a kind of change that is about a link.
    mutating func add(_ kind: ChangeKind?, of cluster: Int64, at instant: Int64) -> Bool {
        switch kind {
        case .retired: retired[cluster, default: []].insert(instant)
        case .restored: restored[cluster, default: []].insert(instant)
        case .changed, .created, .deleted, nil: return false
        }
        return true
    }
}
