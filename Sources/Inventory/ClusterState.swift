import Alerting
import ClusterLinks

/// What the writer remembers of one cluster between polls.
///
/// An object, so that a poll without news need not copy it. It belongs to the store's executor.
final class ClusterState {
    struct EarlierLife {
        let key: Int64
        let firstObservedAt: Instant
    }

    let key: Int64
    var description: ClusterDescription
    var isConfigured: Bool
    var ledger = ClusterLedger()
    var alerts: ClusterAlerts
    /// False until the configuration has said once what the alerts follow.
    var areRulesApplied = false
    /// The database's keys of the links that the ledger lists.
    var linkKeys: [LinkIdentity: Int64] = [:]
    /// Links that went away and whose deletion may not be stored yet.
    var departed: [LinkIdentity: EarlierLife] = [:]
    var snapshot: SnapshotMark?
    /// Nil after a start: a run ends with the process (truth rule 13).
    var run: PollRun?
    var lastSuccessAt: Instant?
    var lastObservedAt: Instant?
    private var lastConfiguredAt: Instant?
    private(set) var view: ClusterView

    /// - Parameter last: an instant that every stored observation of the cluster lies at or before.
    init(key: Int64, description: ClusterDescription, isConfigured: Bool, notBefore last: Instant? = nil) {
        self.key = key
        (lastObservedAt, lastConfiguredAt) = (last, last)
        self.description = description
        self.isConfigured = isConfigured
        alerts = ClusterAlerts(cluster: description.id, rules: AlertRules())
        view = ClusterView(
            description: description,
            isConfigured: isConfigured,
            wasListed: false,
            isStale: true,
            links: [],
            ghosts: []
        )
    }

    var wasListed: Bool { snapshot != nil }

    /// Takes up the alerts of the last life of the process.
    func takeUp(_ stored: StoredAlerts, of id: ClusterID) {
        alerts = ClusterAlerts(
            cluster: id,
            // The names that they have; what else the configuration says comes with it.
            rules: AlertRules(clusterName: description.name ?? "", clusterLabels: description.labels),
            open: stored.open[id] ?? [],
            recent: stored.recent[id] ?? [],
            lastPoll: lastSuccessAt.map { Alert.Mark(number: ledger.observations, at: $0) }
        )
    }

    /// The instant of an observation: no two of one cluster's are the same, so that no span of its history is empty.
    ///
    /// An observation that is kept takes its instant, by ``lastObservedAt``; one that brings nothing leaves it free.
    func observationInstant(_ instant: Instant) -> Instant {
        max(instant, lastObservedAt?.advanced(by: .milliseconds(1)) ?? instant)
    }

    /// The instant at which the cluster enters or leaves the configuration: not before what was observed of it, and no two
    /// are the same.
    func configurationInstant(_ instant: Instant) -> Instant {
        let instant =
            [instant, lastObservedAt, lastConfiguredAt?.advanced(by: .milliseconds(1))].compactMap(\.self).max()
            ?? instant
        lastConfiguredAt = instant
        return instant
    }

    /// Adds a poll, which the ledger has counted already, to the runs.
    func add(_ outcome: PollOutcome, at instant: Instant, duration: Duration) -> PollRun {
        let successes = outcome.isSuccess ? ledger.observations - 1 : ledger.observations
        let run =
            run?.extended(by: outcome, at: instant, duration: duration, staleAfter: description.staleAfter)
            ?? PollRun(
                outcome: outcome,
                firstAt: instant,
                totalDuration: duration,
                staleAfter: description.staleAfter,
                successesBefore: successes
            )
        self.run = run
        return run
    }

    /// Makes the view anew; the records of links that did not change stay the same objects.
    func refreshView() -> ClusterView {
        let earlier = Dictionary(view.links.map { ($0.link.identity, $0) }) { $1 }
        let records = ledger.links.values
            .map { link in
                if let record = earlier[link.identity], record.link == link { return record }
                return LinkRecord(cluster: description.id, link: link)
            }
            .sorted {
                ($0.link.name, $0.link.identity.description) < ($1.link.name, $1.link.identity.description)
            }
        view = ClusterView(
            description: description,
            isConfigured: isConfigured,
            wasListed: wasListed,
            isStale: view.isStale,
            links: records,
            ghosts: ledger.ghosts
        )
        return view
    }
}
