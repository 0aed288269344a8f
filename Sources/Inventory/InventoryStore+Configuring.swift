import ClusterLinks

extension InventoryStore {
    /// Takes the clusters of a configuration over from the ones before; returns when that is durable.
    ///
    /// A cluster that is no longer named is retired, not forgotten, and one that is named again goes on (truth rule 16).
    /// - Parameter alerting: what alerts follow, and who is told of them.
    package func configure(
        _ descriptions: [ClusterDescription],
        alerting: AlertConfiguration = AlertConfiguration()
    ) async {
        let now = time.now()
        desk.configure(alerting)
        let change = FleetChange(
            known: clusters.mapValues(\.isConfigured),
            configured: Set(descriptions.map(\.id))
        )
        let restored = Set(change.restored)
        for id in change.retired { retire(id, at: now) }
        for description in descriptions {
            let state =
                clusters[description.id]
                ?? ClusterState(key: takeClusterKey(), description: description, isConfigured: false)
            let enters = !state.isConfigured
            defer { apply(alerting.rules(for: description), to: state, at: now) }
            guard enters || state.description != description else { continue }
            state.description = description
            state.isConfigured = true
            append(.cluster(key: state.key, description, isConfigured: true))
            if enters {
                let at = state.configurationInstant(now)
                append(.configured(cluster: state.key, from: at))
                if restored.contains(description.id) { addChange(.restored, of: state, at: at) }
            }
            backlog.publishAfterCommit(state.refreshView(), poll: nil)
            clusters[description.id] = state
        }
        decide(at: now)
        await commit()
        showAlerts(of: [])
        forgetReceivers(allBut: alerting.targets)
    }

    private func retire(_ id: ClusterID, at instant: Instant) {
        guard let state = clusters[id] else { return }
        let at = state.configurationInstant(instant)
        state.isConfigured = false
        state.run = nil
        append(.retired(cluster: state.key, at: at))
        addChange(.retired, of: state, at: at)
        retireAlerts(of: state, at: at)
        backlog.publishAfterCommit(state.refreshView(), poll: nil)
    }

    private func addChange(_ kind: ChangeKind, of state: ClusterState, at instant: Instant) {
        append(.fleetChange(FleetChangeWrite(kind: kind, cluster: state.key, at: instant)))
    }

    private func takeClusterKey() -> Int64 {
        defer { nextClusterKey += 1 }
        return nextClusterKey
    }
}
