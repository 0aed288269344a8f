package import ClusterLinks

/// The open alerts of one cluster, moved by what is observed of it: nothing else fires or resolves them.
///
/// A value without a clock. The same observations at the same instants give the same alerts with the same ids, whether
/// they come in one life of the process or in several: what steps carry is all that has to be kept, in the transaction
/// of the observation that made them. Ignorance has no method here but ``observeFailure(reason:message:at:)``, which
/// moves `cluster_unreachable` and nothing else (truth rule 2).
package struct ClusterAlerts: Sendable {
    package let cluster: ClusterID
    package internal(set) var rules: AlertRules
    private(set) var openAlerts: [AlertKey: Alert] = [:]
    /// Those that lists tell of and that the next list can move without any news.
    private(set) var running: Set<AlertKey> = []
    private(set) var crossings: AlertCrossings
    /// The last successful poll.
    var lastPoll: Alert.Mark?
    /// Whether the next list has to be looked at as a whole: at first, and after a change of the rules, when what is to be
    /// said of a link may have changed without the link.
    var looksAtAll = true

    /// Begins with a cluster never seen, or takes up what was stored.
    /// - Parameters:
    ///   - open: the pending and firing alerts.
    ///   - recent: those that resolved within the flapping window, for their crossings.
    ///   - lastPoll: the count of the cluster's successful polls and the instant of the last.
    package init(
        cluster: ClusterID,
        rules: AlertRules,
        open: [Alert] = [],
        recent: [Alert] = [],
        lastPoll: Alert.Mark? = nil
    ) {
        self.cluster = cluster
        self.rules = rules
        self.lastPoll = lastPoll
        crossings = AlertCrossings(of: open + recent)
        for alert in open where alert.isOpen { keep(alert, as: AlertKey(alert.subject)) }
    }

    /// The pending and firing alerts, by kind, then identity.
    package var alerts: [Alert] { openAlerts.sorted { $0.key < $1.key }.map(\.value) }

    package var isEmpty: Bool { openAlerts.isEmpty }
}

extension ClusterAlerts {
    /// Any successful poll is a good observation of the cluster.
    mutating func observeReached(at instant: Instant) -> [AlertStep] {
        observeApart(AlertKey(.clusterUnreachable), .good, named: nil, at: instant)
    }

    /// An observation of a stream that only the alert itself numbers: so each has to be kept while there is one.
    mutating func observeApart(
        _ key: AlertKey,
        _ condition: AlertLife.Condition,
        named name: LinkName?,
        at instant: Instant
    ) -> [AlertStep] {
        let number = openAlerts[key].map { $0.firstObservation + $0.observations } ?? 1
        return observe(key, condition, named: name, at: Alert.Mark(number: number, at: instant))
    }

    /// Moves one alert, or begins it.
    /// - Parameter badSince: where the run of bad observations began that this one is in, if before it.
    mutating func observe(
        _ key: AlertKey,
        _ condition: AlertLife.Condition,
        badSince: Alert.Mark? = nil,
        named name: LinkName?,
        at mark: Alert.Mark
    ) -> [AlertStep] {
        var life: AlertLife
        if let alert = openAlerts[key] {
            life = AlertLife(alert, observedAt: mark)
            life.observe(condition, badSince: badSince, by: rules, after: crossings)
        } else if case .bad(let symptom) = condition {
            let subject = AlertSubject(kind: key.kind, cluster: cluster, link: key.link, linkName: name)
            let severity = rules.severity(of: subject, code: symptom.code)
            let alert = Alert(of: subject, severity: severity, symptom: symptom, at: mark, badSince: badSince)
            life = AlertLife(beginning: alert, at: mark)
            life.observe(.unchanged, badSince: badSince, by: rules, after: crossings)
        } else {
            return []
        }
        if !key.kind.countsLists { life.countIfQuiet() }
        return settle(life, as: key)
    }

    /// Takes over what became of an alert.
    mutating func settle(_ life: AlertLife, as key: AlertKey) -> [AlertStep] {
        if life.alert.isOpen { keep(life.alert, as: key) } else { forget(key) }
        for step in life.steps {
            guard step.kind == .fired || step.kind == .resolved && step.after.resolvedReason == .recovered,
                step.after.firedAt != nil
            else { continue }
            let horizon = Instant(milliseconds: step.at.milliseconds - rules.policy.flapping.window.milliseconds)
            crossings.add(step.after.fingerprint, at: step.at, forgettingUpTo: horizon)
        }
        return life.steps
    }

    private mutating func keep(_ alert: Alert, as key: AlertKey) {
        openAlerts[key] = alert
        if key.kind.countsLists, alert.isRunning { running.insert(key) } else { running.remove(key) }
    }

    mutating func forget(_ key: AlertKey) {
        openAlerts[key] = nil
        running.remove(key)
    }

    /// The last observation of the stream that an alert counts; nil where the alert itself knows it.
    func latest(of alert: Alert) -> Alert.Mark? { alert.subject.kind.countsLists ? lastPoll : nil }
}
