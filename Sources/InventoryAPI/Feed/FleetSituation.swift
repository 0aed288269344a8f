import ClusterLinks
import Inventory

/// The present, as far as its transitions are told: the healths of the links and the conditions of the clusters.
struct FleetSituation: Sendable {
    let view: FleetView
    private let tallies: [ClusterID: PollTally]
    private let at: Instant

    init(_ fleet: Fleet, at now: Instant) {
        view = fleet.current(at: now)
        tallies = fleet.tallies
        at = now
    }

    /// What passed into something else since an earlier situation, in order of clusters and links.
    func transitions(since earlier: FleetSituation) -> [FleetTransition] {
        view.clusters.flatMap { cluster -> [FleetTransition] in
            let before = earlier.view.cluster(cluster.id)
            let condition = condition(of: cluster)
            let conditionBefore = before.map(earlier.condition)
            var transitions: [FleetTransition] = []
            if condition != conditionBefore {
                transitions.append(
                    FleetTransition(
                        cluster: cluster.id,
                        at: since(condition, of: cluster),
                        change: .condition(from: conditionBefore, to: condition, reason: reason(condition, of: cluster))
                    )
                )
            }
            if before !== cluster { transitions += healths(of: cluster, before: before, earlier.at) }
            return transitions
        }
    }

    private func condition(of cluster: ClusterView) -> ClusterCondition {
        if !cluster.isConfigured { return .retired }
        if cluster.isStale { return .stale }
        return tally(of: cluster).consecutiveFailures > 0 ? .failing : .known
    }

    private func tally(of cluster: ClusterView) -> PollTally { tallies[cluster.id] ?? PollTally() }

    private func since(_ condition: ClusterCondition, of cluster: ClusterView) -> Instant {
        let tally = tally(of: cluster)
        return switch condition {
        case .known: tally.lastSuccessAt ?? at
        case .failing: tally.lastPoll?.at ?? at
        // `unknown` begins exactly `stale_after` past the last success (truth rule 11).
        case .stale: min(at, tally.lastSuccessAt?.advanced(by: cluster.description.staleAfter) ?? at)
        case .retired: at
        }
    }

    private func reason(_ condition: ClusterCondition, of cluster: ClusterView) -> String? {
        let tally = tally(of: cluster)
        switch condition {
        case .failing, .stale: return tally.consecutiveFailures > 0 ? tally.lastFailure?.outcome.failure : nil
        case .known, .retired: return nil
        }
    }

    private func healths(of cluster: ClusterView, before: ClusterView?, _ then: Instant) -> [FleetTransition] {
        var earlier = Dictionary((before?.links ?? []).map { ($0.link.identity, $0) }) { $1 }
        var transitions: [FleetTransition] = []
        func add(_ record: LinkRecord, from: Health?, to: Health?, at: Instant) {
            guard from != to else { return }
            transitions.append(
                FleetTransition(
                    cluster: cluster.id,
                    at: at,
                    change: .health(record.link.name, record.link.identity.clusterLinkID, from: from, to: to)
                )
            )
        }
        for record in cluster.links {
            // A link known by name only may have got its id since (truth rule 5).
            let former =
                earlier.removeValue(forKey: record.link.identity)
                ?? earlier.removeValue(forKey: .name(record.link.name))
            let from = former.flatMap { before?.health(of: $0) }
            let to = cluster.health(of: record)
            add(record, from: from, to: to, at: instant(of: record, from: from, to: to, in: cluster, then))
        }
        let polled = tally(of: cluster).lastSuccessAt ?? at
        for record in before?.links ?? [] where earlier[record.link.identity] != nil {
            add(record, from: before?.health(of: record), to: nil, at: polled)
        }
        return transitions
    }

    private func instant(
        of record: LinkRecord,
        from: Health?,
        to: Health,
        in cluster: ClusterView,
        _ then: Instant
    ) -> Instant {
        if to == .unknown { return since(condition(of: cluster), of: cluster) }
        if from == .unknown { return tally(of: cluster).lastSuccessAt ?? at }
        // The first reading of a link's tasks completes its version and begins none.
        return record.link.versionSince > then ? record.link.versionSince : at
    }
}
