package import ClusterLinks

/// A proposed configuration of alerts, tried on observations of the past: what people would have been told.
///
/// A value without a clock, which does with each observation what the inventory does with it, and asks the plan of
/// notifications again when that is due. Whoever feeds it may leave out what ``awaits(_:)`` says can move nothing.
package struct Backtest: Sendable {
    /// Which observations without news can move an alert of a cluster.
    package struct Expectation: Sendable, Hashable {
        package let successes: Bool
        package let failures: Bool
    }

    package private(set) var record: BacktestRecord
    private var alerts: [ClusterID: ClusterAlerts]
    private var fleet = BacktestFleet()
    private var book = IncidentBook()
    private var plan: NotificationPlan
    private var askAgainAt: Instant?

    /// - Parameters:
    ///   - silences: all that there were; acknowledgements are about alerts that there may not be here, and are left out.
    ///   - record: takes down what comes of it.
    package init(_ proposal: BacktestProposal, silences: [Silence] = [], record: BacktestRecord) {
        alerts = proposal.clusters.reduce(into: [:]) { alerts, entry in
            alerts[entry.key] = ClusterAlerts(cluster: entry.key, rules: entry.value.rules)
        }
        plan = NotificationPlan(
            policy: proposal.notifications.withoutRepetition,
            receivers: proposal.targets.isTellingIncidents ? proposal.targets : proposal.targets + [.nobody],
            silences: silences
        )
        self.record = record
    }

    /// Says how a cluster stood when its replay begins.
    package mutating func begin(_ cluster: ClusterID, with links: [TrackedLink], isConfigured: Bool) {
        fleet.set(cluster, isConfigured: isConfigured)
        for link in links { fleet.list(link, on: cluster) }
    }

    /// Takes an observation; they come in order of time.
    package mutating func take(_ observation: BacktestObservation) {
        advance(before: observation.at)
        let steps = steps(of: observation)
        guard steps.contains(where: { $0.kind != .counted }) else { return }
        record.take(steps)
        let moves = IncidentStep.following(steps) { surroundings(of: $0) }
        if !moves.isEmpty {
            let changed = book.take(moves, at: observation.at)
            record.take(changed)
            plan.take(changed)
        }
        decide(at: observation.at)
    }

    /// Tells what was due before an instant though nothing was observed until then.
    package mutating func advance(before instant: Instant) {
        while let due = askAgainAt, due < instant { decide(at: due) }
    }

    package func awaits(_ cluster: ClusterID) -> Expectation {
        guard let alerts = alerts[cluster] else { return Expectation(successes: false, failures: false) }
        return Expectation(successes: alerts.awaitsSuccess, failures: alerts.awaitsFailure)
    }

    package func awaitsReading(of link: LinkIdentity, on cluster: ClusterID) -> Bool {
        alerts[cluster]?.awaitsReading(of: link) ?? false
    }
}

extension Backtest {
    private mutating func steps(of observation: BacktestObservation) -> [AlertStep] {
        let (cluster, instant) = (observation.cluster, observation.at)
        switch observation.news {
        case .list(let events, let number):
            for event in events { fleet.follow(event, on: cluster) }
            return alerts[cluster]?.observe(events, listed: fleet[cluster], number: number, at: instant) ?? []
        case .unchanged(let number):
            return alerts[cluster]?.observeUnchanged(listed: fleet[cluster], number: number, at: instant) ?? []
        case .failure(let reason, let message):
            return alerts[cluster]?.observeFailure(reason: reason, message: message, at: instant) ?? []
        case .tasks(let link):
            fleet.list(link, on: cluster)
            return alerts[cluster]?.observe(tasksOf: link, at: instant) ?? []
        case .sameTasks(let identity):
            return fleet[cluster][identity].flatMap { alerts[cluster]?.observe(tasksOf: $0, at: instant) } ?? []
        case .configured:
            fleet.set(cluster, isConfigured: true)
            return alerts[cluster].map(\.rules).flatMap { alerts[cluster]?.apply($0, at: instant) } ?? []
        case .retired:
            fleet.set(cluster, isConfigured: false)
            return alerts[cluster]?.retire(at: instant) ?? []
        }
    }

    private mutating func decide(at instant: Instant) {
        let decision = plan.decide(at: instant)
        // Whatever the plan says, time goes on.
        askAgainAt = decision.askAgainAt.map { max($0, instant.advanced(by: .milliseconds(1))) }
        record.take(decision, at: instant)
    }

    private func surroundings(of alert: Alert) -> AlertSurroundings {
        let cluster = alert.subject.cluster
        guard let rules = alerts[cluster]?.rules else { return AlertSurroundings(clusterName: "") }
        let link = alert.subject.link.flatMap { fleet[cluster][$0] }
        return AlertSurroundings(of: alert, by: rules, about: link, in: fleet)
    }
}

extension NotificationPolicy {
    /// Posts to Alertmanagers are repeated every minute for as long as an alert fires, which tells nobody anything.
    fileprivate var withoutRepetition: NotificationPolicy {
        NotificationPolicy(
            reminderInterval: reminderInterval,
            resendInterval: .seconds(100 * 365 * 86_400),
            validity: validity,
            resolvedResending: resolvedResending
        )
    }
}

extension NotificationTarget {
    /// A webhook that is not there: where nobody is told of incidents, what would be is told all the same.
    static let nobody = NotificationTarget(name: "", kind: .webhook)
}

extension [NotificationTarget] {
    fileprivate var isTellingIncidents: Bool { contains { $0.kind == .webhook } }
}
