import Alerting
import ClusterLinks
import GRDB

extension InventoryStore {
    /// Takes what the alerts of a cluster did; tells whether anything of it has to be durable before it is shown.
    @discardableResult
    func take(_ steps: [AlertStep], in state: ClusterState, at instant: Instant) -> Bool {
        guard !steps.isEmpty else { return false }
        desk.take(steps, of: state.key, at: instant) { surroundings(of: $0) }
        alertNews.insert(state.description.id)
        guard steps.contains(where: { $0.kind != .counted }) else { return false }
        decide(at: instant)
        return true
    }

    /// Shows the alerts of these clusters, and what people said of alerts.
    func showAlerts(of clusters: some Sequence<ClusterID>) {
        alerts.show(clusters.map { ($0, self.clusters[$0]?.alerts.alerts ?? []) }, desk)
    }

    /// Finds out who is to be told of what; while the database fails nobody is, as nothing of it would be durable.
    func decide(at instant: Instant) {
        guard !backlog.isRefused else { return }
        desk.decide(at: max(instant, time.now()))
    }

    /// What the fleet knows around an alert now.
    private func surroundings(of alert: Alert) -> AlertSurroundings {
        guard let state = clusters[alert.subject.cluster] else { return AlertSurroundings(clusterName: "") }
        return AlertSurroundings(
            of: alert,
            by: state.alerts.rules,
            about: alert.subject.link.flatMap { state.ledger.links[$0] },
            in: ConfiguredClusters(states: clusters)
        )
    }
}

extension InventoryStore {
    /// Takes the rules of one cluster.
    func apply(_ rules: AlertRules, to state: ClusterState, at instant: Instant) {
        guard state.alerts.rules != rules || !state.areRulesApplied else { return }
        state.areRulesApplied = true
        let wasNamed = (state.alerts.rules.clusterName, state.alerts.rules.clusterLabels)
        let steps = state.alerts.apply(rules, at: instant)
        desk.take(steps, of: state.key, at: instant) { surroundings(of: $0) }
        if wasNamed != (rules.clusterName, rules.clusterLabels) {
            desk.relabel(state.alerts.alerts, at: instant) { surroundings(of: $0) }
        }
        alertNews.insert(state.description.id)
    }

    /// Resolves the alerts of a cluster that left the configuration.
    func retireAlerts(of state: ClusterState, at instant: Instant) {
        desk.take(state.alerts.retire(at: instant), of: state.key, at: instant) { surroundings(of: $0) }
        alertNews.insert(state.description.id)
    }
}

/// The present fleet, as alerts are related by it.
private struct ConfiguredClusters: ListedFleet {
    let states: [ClusterID: ClusterState]

    func links(of cluster: ClusterID) -> [LinkIdentity: TrackedLink]? {
        states[cluster].flatMap { $0.isConfigured ? $0.ledger.links : nil }
    }

    func listings(of identity: LinkIdentity) -> [(cluster: ClusterID, link: TrackedLink)] {
        states.values.compactMap { state in
            guard state.isConfigured, let link = state.ledger.links[identity] else { return nil }
            return (state.description.id, link)
        }
    }
}
