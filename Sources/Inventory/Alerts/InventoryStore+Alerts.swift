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
        let rules = state.alerts.rules
        let link = alert.subject.link.flatMap { state.ledger.links[$0] }
        return AlertSurroundings(
            clusterName: rules.clusterName,
            clusterLabels: rules.clusterLabels,
            remoteCluster: link?.content.remoteClusterID(seenFrom: alert.subject.cluster).map { ClusterID($0) },
            otherSide: link.flatMap { otherSide(of: $0, on: alert.subject.cluster) }
        )
    }

    /// The other object of a link, looked for among those that could be it.
    ///
    /// Whether two links are sides of one depends on no others than those of the same id, and of the same name on the two
    /// clusters, with those of their ids.
    private func otherSide(of link: TrackedLink, on cluster: ClusterID) -> AlertSurroundings.Link? {
        var candidates = [AlertSurroundings.Link(cluster: cluster, identity: link.identity)]
        var sides = [LinkSide(of: link, on: cluster)]
        func add(_ other: TrackedLink, _ place: ClusterID) {
            let candidate = AlertSurroundings.Link(cluster: place, identity: other.identity)
            guard !candidates.contains(candidate) else { return }
            candidates.append(candidate)
            sides.append(LinkSide(of: other, on: place))
        }
        let configured = clusters.values.filter(\.isConfigured)
        func addNamesakes(ofID identity: LinkIdentity) {
            guard identity.clusterLinkID != nil else { return }
            for state in configured { state.ledger.links[identity].map { add($0, state.description.id) } }
        }
        addNamesakes(ofID: link.identity)
        let ends = [cluster, link.content.remoteClusterID(seenFrom: cluster).map { ClusterID($0) }].compactMap(\.self)
        for state in configured where ends.contains(state.description.id) {
            for other in state.ledger.links.values where other.name == link.name { add(other, state.description.id) }
        }
        for candidate in candidates { addNamesakes(ofID: candidate.identity) }
        return LinkPairing(sides).partner(of: 0).map { candidates[$0] }
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

extension LinkSide {
    fileprivate init(of link: TrackedLink, on cluster: ClusterID) {
        self.init(
            cluster: cluster,
            clusterLinkID: link.identity.clusterLinkID,
            name: link.name,
            direction: Direction(of: link.content, on: cluster),
            remoteClusterID: link.content.remoteClusterID(seenFrom: cluster).map { ClusterID($0) }
        )
    }
}
