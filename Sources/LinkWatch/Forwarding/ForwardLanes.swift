import ClusterLinks

/// How many requests are passed on at once: bounded for each cluster, so that people do not become its load, and for all, so that
/// their answers fit into memory.
struct ForwardLanes {
    static let ofCluster = 4
    static let ofFleet = 16

    private var counts: [ClusterID: Int] = [:]
    private var total = 0

    /// Takes a place; false where there is none.
    mutating func enter(_ cluster: ClusterID) -> Bool {
        guard total < Self.ofFleet, counts[cluster, default: 0] < Self.ofCluster else { return false }
        total += 1
        counts[cluster, default: 0] += 1
        return true
    }

    /// Gives back a place that was taken.
    mutating func leave(_ cluster: ClusterID) {
        total -= 1
        counts[cluster, default: 1] -= 1
        if counts[cluster] == 0 { counts[cluster] = nil }
    }
}
