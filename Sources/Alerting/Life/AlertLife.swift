import ClusterLinks
import ExactJSON

/// What one observation makes of one open alert.
///
/// The rules are those that users of other systems ask for:
/// - Counts and a time, both, before it fires, like Gatus' `failure-threshold` and Prometheus' `for`. Prometheus counts
///   missing data as good, so that one failed scrape begins a `for` anew (cloudflare/pint#966) and resolves what is
///   broken (prometheus#17482, #14085). Here only observations reach this place, and ignorance is none.
/// - Good ones are counted too before it resolves. `keep_firing_for` is a time in which absence and recovery look alike
///   (prometheus#14085); a count of good observations cannot be reached by not looking.
/// - Flapping is counted in crossings of the thresholds, not in flips as Nagios weighs them: flips below the thresholds
///   told nobody anything, and a weighted percentage of the last 21 checks cannot be told to anyone at night.
/// - While it flaps it stays firing and the recovery is late, not lost: Nagios and Icinga suppress it and then never
///   send it (nagioscore#91, icinga2#9449). The first alerts were told like any others, so nothing is hidden.
struct AlertLife {
    enum Condition: Hashable {
        case bad(AlertSymptom)
        case good
        /// As the observation before said.
        case unchanged
    }

    private(set) var alert: Alert
    private(set) var steps: [AlertStep] = []
    /// Nil where something else than an observation moves the alert.
    private let mark: Alert.Mark?
    /// The last observation there was, where what moves the alert is none.
    private let latest: Alert.Mark?
    private let instant: Instant

    init(_ alert: Alert, observedAt mark: Alert.Mark) {
        self.alert = alert
        self.mark = mark
        latest = nil
        instant = mark.at
    }

    /// For what is no observation, such as a reload.
    /// - Parameter latest: the last observation of the alert's stream, which need not have made a step.
    init(_ alert: Alert, at instant: Instant, since latest: Alert.Mark?) {
        self.alert = alert
        mark = nil
        self.latest = latest
        self.instant = instant
    }

    /// Begins an alert with the observation that is bad for the first time.
    init(beginning alert: Alert, at mark: Alert.Mark) {
        self.init(alert, observedAt: mark)
        steps = [AlertStep(kind: .began, before: nil, after: alert, at: instant)]
    }

    /// - Parameter badSince: where the run of bad observations began that the observation is in, if before it.
    mutating func observe(
        _ condition: Condition,
        badSince: Alert.Mark?,
        by rules: AlertRules,
        after crossings: AlertCrossings
    ) {
        guard let mark else { return }
        let isBad: Bool
        switch condition {
        case .bad(let symptom):
            isBad = true
            tell(symptom, by: rules)
        case .good: isBad = false
        case .unchanged: isBad = alert.goodSince == nil
        }
        if isBad {
            seeBad(mark, since: badSince ?? mark, by: rules.policy)
        } else {
            seeGood(mark)
        }
        settle(mark, by: rules.policy, after: crossings)
    }

    /// Raises the severity to what the rules give now; it is never lowered, as somebody was called for the higher one.
    mutating func raiseSeverity(by rules: AlertRules) {
        let severity = rules.severity(of: alert.subject, code: alert.code)
        if severity > alert.severity { take(.severityRaised) { $0.severity = severity } }
    }

    mutating func rename(_ name: LinkName) {
        if alert.subject.linkName != name { take(.renamed) { $0.subject.linkName = name } }
    }

    mutating func adopt(_ identity: LinkIdentity) { take(.adopted) { $0.subject.link = identity } }

    mutating func resolve(_ reason: ResolvedReason) {
        let instant = self.instant
        take(.resolved) { alert in
            alert.state = .resolved
            alert.resolvedAt = instant
            alert.resolvedReason = reason
            alert.isFlapping = false
        }
    }

    /// Keeps the count where nothing else does.
    mutating func countIfQuiet() {
        if steps.isEmpty { take(.counted) { _ in } }
    }
}

extension AlertLife {
    /// Another code takes the place of the first with its own message, or none; of the same code the latest message stands.
    private mutating func tell(_ symptom: AlertSymptom, by rules: AlertRules) {
        if !Self.areSame(symptom.code, alert.code) || !Self.areSame(symptom.task, alert.task) {
            take(.codeChanged) { alert in
                alert.code = symptom.code
                alert.task = symptom.task
                alert.message = symptom.message
            }
            raiseSeverity(by: rules)
        } else if let message = symptom.message, !Self.areSame(message, alert.message) {
            take(.messageChanged) { $0.message = message }
        }
    }

    private mutating func seeBad(_ mark: Alert.Mark, since start: Alert.Mark, by policy: AlertPolicy) {
        if alert.goodSince != nil {
            take(.relapsed) { alert in
                alert.goodSince = nil
                alert.badSince = start
            }
        }
        guard alert.state == .pending, mark.number - alert.badSince.number + 1 >= policy.failureThreshold,
            instant - alert.badSince.at >= policy.holdFor
        else { return }
        take(.fired) { alert in
            alert.state = .firing
            alert.firedAt = mark.at
        }
    }

    /// A pending alert ends with its first good observation: nobody was told, and "consecutive" is over.
    private mutating func seeGood(_ mark: Alert.Mark) {
        if alert.state == .pending {
            resolve(.recovered)
        } else if alert.goodSince == nil {
            take(.recovering) { $0.goodSince = mark }
        }
    }

    /// Ends flapping where it is calm, and then the alert where it is good for long enough.
    private mutating func settle(_ mark: Alert.Mark, by policy: AlertPolicy, after crossings: AlertCrossings) {
        let windowAgo = Instant(milliseconds: instant.milliseconds - policy.flapping.window.milliseconds)
        let lastFlip = (alert.goodSince ?? alert.badSince).at
        let calms = alert.isFlapping && lastFlip <= windowAgo
        if calms { take(.calmed) { $0.isFlapping = false } }
        guard alert.state == .firing, !alert.isFlapping, let goodSince = alert.goodSince,
            mark.number - goodSince.number + 1 >= policy.resolveThreshold
        else { return }
        // What has just calmed may resolve, however few changes are allowed.
        if !calms, crossings.count(of: alert.fingerprint, after: windowAgo) + 1 > policy.flapping.changes {
            take(.startedFlapping) { $0.isFlapping = true }
        } else {
            resolve(.recovered)
        }
    }

    private mutating func take(_ kind: AlertStep.Kind, _ change: (inout Alert) -> Void) {
        let before = alert
        change(&alert)
        if let last = mark ?? latest {
            alert.observations = max(alert.observations, last.number - alert.firstObservation + 1)
            alert.lastObservedAt = max(alert.lastObservedAt, last.at)
        }
        steps.append(AlertStep(kind: kind, before: before, after: alert, at: instant))
    }

    private static func areSame(_ left: String?, _ right: String?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.hasBytes(of: right)
        default: false
        }
    }
}
