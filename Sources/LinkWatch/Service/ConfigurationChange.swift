import ClusterLinks

/// What differs between the configuration in force and the one that is to take its place: a pure value.
struct ConfigurationChange: Equatable {
    /// Each in the order of the file it stands in.
    let added: [ClusterID]
    let removed: [ClusterID]
    let changed: [ClusterID]
    /// Those reached or greeted otherwise than before: what made them fail may have been repaired.
    let repaired: Set<ClusterID>
    /// Those that can be asked by the client they have.
    let kept: Set<ClusterID>

    /// - Parameters:
    ///   - current: nil where nothing is in force yet.
    ///   - renewed: clusters with a secret or certificate whose file is another than it was.
    init(from current: Configuration?, to next: Configuration, renewed: Set<ClusterID> = []) {
        let before = Dictionary((current?.clusters ?? []).map { ($0.clusterID, $0) }) { $1 }
        let after = Set(next.clusters.map(\.clusterID))
        removed = (current?.clusters ?? []).map(\.clusterID).filter { !after.contains($0) }
        added = next.clusters.map(\.clusterID).filter { before[$0] == nil }
        let staying = next.clusters.compactMap { cluster in before[cluster.clusterID].map { (old: $0, new: cluster) } }
        changed = staying.filter { $0.old != $0.new }.map(\.new.clusterID)
        repaired = Set(staying.filter { !$0.old.isReached(like: $0.new) }.map(\.new.clusterID)).union(
            staying.map(\.new.clusterID).filter(renewed.contains)
        )
        kept = Set(
            staying.filter { $0.old.isReached(like: $0.new) && $0.old.poll.timeout == $0.new.poll.timeout }
                .map(\.new.clusterID)
        )
    }

    /// Settings that a running service cannot take up, by their keys: where it listens and where it keeps what it knows.
    static func awaitingRestart(from running: Configuration, to next: Configuration) -> [String] {
        let settings: [(key: String, differs: Bool)] = [
            ("listen", running.listen != next.listen),
            ("database", running.database != next.database),
            ("http.socket_mode", running.http.socketMode != next.http.socketMode),
        ]
        return settings.filter(\.differs).map(\.key)
    }
}

extension Configuration.Cluster {
    fileprivate func isReached(like other: Self) -> Bool {
        (endpoint, authentication, tls, proxy) == (other.endpoint, other.authentication, other.tls, other.proxy)
    }
}
