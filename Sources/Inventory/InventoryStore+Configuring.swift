import ClusterLinks

extension InventoryStore {
    /// Takes the clusters of a configuration over from the ones before; returns when that is durable.
    ///
    /// A cluster that is no longer named is retired, not forgotten, and one that is named again goes on (truth rule 16).
    package func configure(_ descriptions: [ClusterDescription]) async {
        let now = time.now()
        let change = FleetChange(
            known: clusters.mapValues(\.isConfigured),
            configured: Set(descriptions.map(\.id))
        )
        for id in change.retired { retire(id, at: now) }
        for description in descriptions {
            var state =
                clusters[description.id]
                ?? ClusterState(key: takeClusterKey(), description: description, isConfigured: false)
            let enters = !state.isConfigured
            guard enters || state.description != description else { continue }
            state.description = description
            state.isConfigured = true
            backlog.append(.cluster(key: state.key, description, isConfigured: true))
            if enters { backlog.append(.configured(cluster: state.key, from: now)) }
            backlog.publishAfterCommit(state.refreshView(), poll: nil)
            clusters[description.id] = state
        }
        for id in change.restored { addChange(.restored, of: id, at: now) }
        if !backlog.isEmpty { await commit() }
    }

    private func retire(_ id: ClusterID, at instant: Instant) {
        guard var state = clusters[id] else { return }
        state.isConfigured = false
        state.run = nil
        backlog.append(.retired(cluster: state.key, at: instant))
        backlog.publishAfterCommit(state.refreshView(), poll: nil)
        clusters[id] = state
        addChange(.retired, of: id, at: instant)
    }

    private func addChange(_ kind: FleetChangeWrite.Kind, of id: ClusterID, at instant: Instant) {
        guard let key = clusters[id]?.key else { return }
        sequence += 1
        backlog.append(.fleetChange(FleetChangeWrite(kind: kind, cluster: key, sequence: sequence, at: instant)))
    }

    private func takeClusterKey() -> Int64 {
        defer { nextClusterKey += 1 }
        return nextClusterKey
    }
}
