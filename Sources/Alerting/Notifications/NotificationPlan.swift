package import ClusterLinks

/// Decides who is told of what, and when.
///
/// It compares what is with what was told, and does not follow events: so whatever was not told for a reason that has
/// gone – a silence that ended, a receiver that was added, a crash – is told then, and what was told is not told again.
///
/// For a webhook, of each incident:
/// 1. The first alert that fires and is not suppressed is told at once. What joins later is no news, because one who has
///    been woken looks at the incident; only what is more severe than all that was told is, as it may be why to get up.
/// 2. An alert is suppressed while it is acknowledged or a silence matches its labels. An incident of which all
///    firing alerts are suppressed is neither told nor reminded of; one that is not suppressed is enough for both.
/// 3. A reminder follows the last notification by `reminderInterval`. After a silence an overdue one comes at once.
/// 4. The end is told to those who were told the beginning and to no others, suppressed or not: it wakes nobody, and
///    whoever keeps a ticket open for it must not wait for ever.
///
/// For an Alertmanager, of each alert: it is posted when it fires unsuppressed, when what is said of it changes, and again
/// within every `resendInterval` while it fires, and after its end for `resolvedResending`. Once posted it goes on being
/// posted while it is suppressed: an alert that is not posted again is over to an Alertmanager, which would tell people that
/// all is well.
package struct NotificationPlan: Sendable {
    package var policy: NotificationPolicy
    /// Who is told, in the order of the configuration; one that is new is told what fires.
    package var receivers: [NotificationTarget]
    /// Those that are over may be among them.
    package var silences: [Silence]

    var incidents: [String: Incident] = [:]
    var told: [Told.Subject: [String: Told]] = [:]
    /// When and how alerts were last posted, which a restart may forget: then all is posted anew.
    var posted: [Posted.Key: Posted] = [:]
    private var acknowledged: Set<String>

    /// - Parameters:
    ///   - incidents: those that are open, and those that closed within `resolvedResending`.
    ///   - acknowledged: the ids of the alerts that are acknowledged.
    ///   - told: the rows about these incidents and their alerts.
    package init(
        policy: NotificationPolicy,
        receivers: [NotificationTarget],
        incidents: [Incident] = [],
        acknowledged: Set<String> = [],
        silences: [Silence] = [],
        told: [Told] = []
    ) {
        self.policy = policy
        self.receivers = receivers
        self.silences = silences
        self.acknowledged = acknowledged
        for row in told { self.told[row.subject, default: [:]][row.receiver] = row }
        take(incidents)
    }

    /// Takes incidents as they are now, those that closed included.
    package mutating func take(_ changed: [Incident]) {
        for incident in changed {
            let left = Set(incident.children.map(\.alert.id))
            // An earlier occurrence, whose place another has taken.
            for child in incidents[incident.id]?.children ?? [] where !left.contains(child.alert.id) {
                forget(alert: child.alert.id)
            }
            incidents[incident.id] = incident
            for child in incident.children where !child.isFiring { acknowledged.remove(child.alert.id) }
        }
    }

    package mutating func acknowledge(alert id: String) { acknowledged.insert(id) }

    /// Takes an acknowledgement back, be it because the alert resolved before it fired.
    package mutating func withdrawAcknowledgement(ofAlert id: String) { acknowledged.remove(id) }

    /// What is due, which counts as done from now on.
    ///
    /// To be asked in the transaction of each step, and at `askAgainAt`. Asked at any other time it has nothing to say.
    package mutating func decide(at now: Instant) -> NotificationDecision {
        forgetWhatIsOver(at: now)
        var decision = NotificationDecision()
        let oldestFirst = incidents.values.sorted(by: Incident.isOlder)
        let audible = audibleAlerts(of: oldestFirst, at: now)
        for incident in oldestFirst {
            let heard = incident.children.filter { audible.contains($0.alert.id) }
            tellWebhooks(of: incident, audible: heard, at: now, &decision)
        }
        for receiver in receivers where receiver.kind == .alertmanager {
            post(oldestFirst.flatMap(\.children), audible: audible, to: receiver.name, at: now, &decision)
        }
        if oldestFirst.contains(where: \.isOpen) {
            decision.ask(at: silences.filter { $0.isActive(at: now) }.map(\.endsAt).min())
        }
        return decision
    }
}

extension NotificationPlan {
    /// The alerts that fire and are not suppressed.
    private func audibleAlerts(of incidents: [Incident], at now: Instant) -> Set<String> {
        let active = silences.filter { $0.isActive(at: now) }
        var audible: Set<String> = []
        for child in incidents.lazy.flatMap(\.children) where child.isFiring {
            guard !acknowledged.contains(child.alert.id) else { continue }
            if !active.isEmpty {
                let labels = child.labels
                if active.contains(where: { $0.mutes(labels) }) { continue }
            }
            audible.insert(child.alert.id)
        }
        return audible
    }

    private mutating func forgetWhatIsOver(at now: Instant) {
        for incident in incidents.values {
            guard let closedAt = incident.closedAt, now > closedAt.advanced(by: policy.resolvedResending),
                told[.incident(incident.id)]?.values.contains(where: { $0.resolvedAt == nil }) != true
            else { continue }
            incidents[incident.id] = nil
            told[.incident(incident.id)] = nil
            for child in incident.children { forget(alert: child.alert.id) }
        }
    }

    private mutating func forget(alert id: String) {
        for receiver in (told[.alert(id)] ?? [:]).keys { posted[Posted.Key(receiver: receiver, alert: id)] = nil }
        told[.alert(id)] = nil
        acknowledged.remove(id)
    }

    mutating func store(_ row: Told, _ decision: inout NotificationDecision) {
        told[row.subject, default: [:]][row.receiver] = row
        decision.told.append(row)
    }
}

extension NotificationDecision {
    /// Asks again at an instant, or before.
    mutating func ask(at instant: Instant?) {
        guard let instant else { return }
        askAgainAt = askAgainAt.map { min($0, instant) } ?? instant
    }
}
