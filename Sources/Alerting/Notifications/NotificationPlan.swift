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
///
/// What it costs to ask goes with what has happened since it was asked last, and not with what fires; only where a silence
/// ends or begins, the configuration changes or Alertmanagers are to be posted to again is all looked at.
package struct NotificationPlan: Sendable {
    package var policy: NotificationPolicy { didSet { looksAtAll = true } }
    /// Who is told, in the order of the configuration; one that is new is told what fires.
    package var receivers: [NotificationTarget] { didSet { looksAtAll = true } }
    /// Those that are over may be among them.
    package var silences: [Silence] { didSet { looksAtAll = true } }

    private(set) var incidents: [String: Incident] = [:]
    var alerts = PlannedAlerts()
    var told: [Told.Subject: [String: Told]] = [:]
    /// When and how alerts were last posted, which a restart may forget: then all is posted anew.
    var posted: [Posted.Key: Posted] = [:]
    /// By Alertmanager, when something has to be posted to it again, or before.
    var repostAt: [String: Instant] = [:]
    private var acknowledged: Set<String>
    /// The incidents that are closed, until they are forgotten.
    private var closed: Set<String> = []
    /// By incident, when a reminder is due.
    private var remindAt: [String: Instant] = [:]
    /// The alerts and the incidents that are not as they were when it was last asked.
    private var changedAlerts: Set<String> = []
    private var changedIncidents: Set<String> = []
    private var looksAtAll = true
    private var askedAt: Instant?

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
            lazy var ids = Set(incident.children.map(\.alert.id))
            // Alerts stay in their order, and what is no longer there is an earlier occurrence whose place another took.
            var left = incidents[incident.id]?.children[...] ?? []
            for child in incident.children {
                while let before = left.first, before.alert.id != child.alert.id {
                    if !ids.contains(before.alert.id) { forget(alert: before.alert.id) }
                    left.removeFirst()
                }
                if left.popFirst() != child { take(child, of: incident) }
            }
            for child in left where !ids.contains(child.alert.id) { forget(alert: child.alert.id) }
            incidents[incident.id] = incident
            changedIncidents.insert(incident.id)
            if incident.isOpen { closed.remove(incident.id) } else { closed.insert(incident.id) }
        }
    }

    private mutating func take(_ child: Incident.Child, of incident: Incident) {
        alerts.set(child, of: incident.id)
        changedAlerts.insert(child.alert.id)
        if !child.isFiring { acknowledged.remove(child.alert.id) }
    }

    package mutating func acknowledge(alert id: String) {
        acknowledged.insert(id)
        changedAlerts.insert(id)
    }

    /// Takes an acknowledgement back, be it because the alert resolved before it fired.
    package mutating func withdrawAcknowledgement(ofAlert id: String) {
        guard acknowledged.remove(id) != nil else { return }
        changedAlerts.insert(id)
    }

    /// What is due, which counts as done from now on.
    ///
    /// To be asked in the transaction of each step, and at `askAgainAt`. Asked at any other time it has nothing to say.
    package mutating func decide(at now: Instant) -> NotificationDecision {
        forgetWhatIsOver(at: now)
        if looksAtAll || silences.contains(where: { $0.turns(after: askedAt, upTo: now) }) {
            changedAlerts = Set(alerts.entries.keys)
            changedIncidents = Set(incidents.keys)
        }
        listen(at: now)
        var decision = NotificationDecision()
        let due = remindAt.filter { $0.value <= now }.keys
        for incident in changedIncidents.union(due).compactMap({ incidents[$0] }).sorted(by: Incident.isOlder) {
            remindAt[incident.id] = tellWebhooks(of: incident, at: now, &decision)
        }
        for receiver in receivers where receiver.kind == .alertmanager {
            post(changedAlerts, to: receiver.name, at: now, &decision)
            decision.ask(at: repostAt[receiver.name])
        }
        decision.ask(at: remindAt.values.min())
        if closed.count < incidents.count {
            decision.ask(at: silences.filter { $0.isActive(at: now) }.map(\.endsAt).min())
        }
        (changedAlerts, changedIncidents, looksAtAll, askedAt) = ([], [], false, now)
        return decision
    }
}

extension NotificationPlan {
    /// Finds out which of the changed alerts are suppressed.
    private mutating func listen(at now: Instant) {
        let active = silences.filter { $0.isActive(at: now) }
        for id in changedAlerts {
            guard let entry = alerts[id] else { continue }
            let isSuppressed = acknowledged.contains(id) || active.contains { $0.mutes(entry.labels) }
            alerts.set(id, isAudible: entry.child.isFiring && !isSuppressed)
            changedIncidents.insert(entry.incident)
        }
    }

    private mutating func forgetWhatIsOver(at now: Instant) {
        for id in closed {
            guard let incident = incidents[id], let closedAt = incident.closedAt,
                now > closedAt.advanced(by: policy.resolvedResending),
                told[.incident(id)]?.values.contains(where: { $0.resolvedAt == nil }) != true
            else { continue }
            incidents[id] = nil
            closed.remove(id)
            remindAt[id] = nil
            told[.incident(id)] = nil
            for child in incident.children { forget(alert: child.alert.id) }
        }
    }

    private mutating func forget(alert id: String) {
        for receiver in (told[.alert(id)] ?? [:]).keys { posted[Posted.Key(receiver: receiver, alert: id)] = nil }
        told[.alert(id)] = nil
        acknowledged.remove(id)
        alerts.remove(id)
        changedAlerts.remove(id)
    }

    mutating func store(_ row: Told, _ decision: inout NotificationDecision) {
        told[row.subject, default: [:]][row.receiver] = row
        decision.told.append(row)
    }
}

extension Silence {
    /// Whether it begins or ends after an instant and not after another; whatever it does where there is none.
    fileprivate func turns(after earlier: Instant?, upTo now: Instant) -> Bool {
        guard let earlier else { return true }
        return [startsAt, endsAt].contains { earlier < $0 && $0 <= now }
    }
}

extension NotificationDecision {
    /// Asks again at an instant, or before.
    mutating func ask(at instant: Instant?) {
        guard let instant else { return }
        askAgainAt = askAgainAt.map { min($0, instant) } ?? instant
    }
}
