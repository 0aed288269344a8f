import ClusterLinks

/// An alert as it was last posted to an Alertmanager.
struct Posted {
    struct Key: Hashable {
        let receiver: String
        let alert: String
    }

    let child: Incident.Child
    let at: Instant

    /// Whether the alert says the same now; how often it was observed is not said.
    func says(_ other: Incident.Child) -> Bool {
        let (one, other) = (child, other)
        return one.alert.state == other.alert.state && one.alert.severity == other.alert.severity
            && one.alert.code == other.alert.code && one.alert.message == other.alert.message
            && one.alert.isFlapping == other.alert.isFlapping && one.alert.subject == other.alert.subject
            && one.surroundings == other.surroundings
    }
}

extension NotificationPlan {
    /// Posts what is due of some alerts, and of all where something has to be posted again.
    mutating func post(
        _ changed: Set<String>,
        to receiver: String,
        at now: Instant,
        _ decision: inout NotificationDecision
    ) {
        let isRepost = repostAt[receiver].map { $0 <= now } ?? false
        let some = isRepost ? Array(alerts.entries.values) : changed.compactMap { alerts[$0] }
        let current = some.filter { isTold($0, receiver) || hasEnded($0, receiver, at: now) }.sorted(by: isEarlier)
        if isRepost { repostAt[receiver] = nil }
        if current.contains(where: { isDue($0.child, to: receiver, at: now) }) {
            // What would be due soon goes along, so that alerts of one receiver come to be posted together.
            let due = current.filter { isDue($0.child, to: receiver, at: now, early: true) }.map(\.child)
            decision.posts.append(
                AlertmanagerPost(
                    receiver: receiver,
                    firing: due.filter(\.isFiring),
                    resolved: due.filter { !$0.isFiring },
                    at: now,
                    validUntil: now.advanced(by: policy.validity)
                )
            )
            for child in due {
                posted[Posted.Key(receiver: receiver, alert: child.alert.id)] = Posted(child: child, at: now)
                remember(child, to: receiver, at: now, &decision)
            }
        }
        repostAt[receiver] = (current.map { repost(of: $0.child, to: receiver) } + [repostAt[receiver]])
            .compactMap(\.self).min()
    }

    /// Whether an Alertmanager is to know that it fires.
    private func isTold(_ entry: PlannedAlerts.Entry, _ receiver: String) -> Bool {
        entry.child.isFiring && (entry.isAudible || told[.alert(entry.id)]?[receiver] != nil)
    }

    /// Whether an Alertmanager is still to be told of its end.
    ///
    /// Alerts with the same labels are one to an Alertmanager, so the end of an earlier occurrence is no longer told once
    /// a later one fires: it would end that. Of several that ended, the latest says it.
    private func hasEnded(_ entry: PlannedAlerts.Entry, _ receiver: String, at now: Instant) -> Bool {
        guard isEndToTell(entry, receiver, at: now) else { return false }
        return !alerts.namesakes(of: entry).contains { other in
            guard other.labels == entry.labels else { return false }
            return isTold(other, receiver) || (isEndToTell(other, receiver, at: now) && endsLater(other, entry))
        }
    }

    private func isEndToTell(_ entry: PlannedAlerts.Entry, _ receiver: String, at now: Instant) -> Bool {
        guard !entry.child.isFiring, let end = entry.child.alert.resolvedAt,
            told[.alert(entry.id)]?[receiver] != nil
        else { return false }
        return now <= end.advanced(by: policy.resolvedResending)
    }

    private func endsLater(_ one: PlannedAlerts.Entry, _ other: PlannedAlerts.Entry) -> Bool {
        guard let end = one.child.alert.resolvedAt, let otherEnd = other.child.alert.resolvedAt, end != otherEnd else {
            return one.id > other.id
        }
        return end > otherEnd
    }

    private func isEarlier(_ one: PlannedAlerts.Entry, _ other: PlannedAlerts.Entry) -> Bool {
        let (mine, others) = (one.child.alert, other.child.alert)
        return mine.firedAt == others.firedAt
            ? mine.id < others.id : (mine.firedAt ?? mine.startedAt) < (others.firedAt ?? others.startedAt)
    }

    /// - Parameter early: whether half of the interval is enough.
    private func isDue(_ child: Incident.Child, to receiver: String, at now: Instant, early: Bool = false) -> Bool {
        guard let last = posted[Posted.Key(receiver: receiver, alert: child.alert.id)], last.says(child) else {
            return true
        }
        return last.at.advanced(by: early ? policy.resendInterval / 2 : policy.resendInterval) <= now
    }

    private mutating func remember(
        _ child: Incident.Child,
        to receiver: String,
        at now: Instant,
        _ decision: inout NotificationDecision
    ) {
        let subject = Told.Subject.alert(child.alert.id)
        if var row = told[subject]?[receiver] {
            guard !child.isFiring, row.resolvedAt == nil else { return }
            row.resolvedAt = now
            store(row, &decision)
        } else {
            let row = Told(
                receiver: receiver,
                subject: subject,
                firings: 1,
                reminders: 0,
                severity: child.alert.severity,
                at: now,
                resolvedAt: nil
            )
            store(row, &decision)
        }
    }

    /// When it has to be posted again; nil where it was not posted, or its end need not be told any more by then.
    private func repost(of child: Incident.Child, to receiver: String) -> Instant? {
        guard let last = posted[Posted.Key(receiver: receiver, alert: child.alert.id)] else { return nil }
        let next = last.at.advanced(by: policy.resendInterval)
        let end = child.isFiring ? nil : child.alert.resolvedAt?.advanced(by: policy.resolvedResending)
        return end.map { next > $0 } == true ? nil : next
    }
}
