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
    /// - Parameters:
    ///   - children: those of all incidents.
    ///   - audible: the ids of those that fire and are not suppressed.
    mutating func post(
        _ children: [Incident.Child],
        audible: Set<String>,
        to receiver: String,
        at now: Instant,
        _ decision: inout NotificationDecision
    ) {
        let firing = children.filter { child in
            child.isFiring && (audible.contains(child.alert.id) || told[.alert(child.alert.id)]?[receiver] != nil)
        }
        let resolved = resolvedLately(children, butNot: firing, to: receiver, at: now)
        let current = firing + resolved
        guard current.contains(where: { isDue($0, to: receiver, at: now) }) else {
            return askAgain(for: current, to: receiver, at: now, &decision)
        }
        // What would be due soon goes along, so that alerts of one receiver come to be posted together.
        let posts = Set(current.filter { isDue($0, to: receiver, at: now, early: true) }.map(\.alert.id))
        decision.posts.append(
            AlertmanagerPost(
                receiver: receiver,
                firing: firing.filter { posts.contains($0.alert.id) },
                resolved: resolved.filter { posts.contains($0.alert.id) },
                at: now,
                validUntil: now.advanced(by: policy.validity)
            )
        )
        for child in current where posts.contains(child.alert.id) {
            posted[Posted.Key(receiver: receiver, alert: child.alert.id)] = Posted(child: child, at: now)
            remember(child, to: receiver, at: now, &decision)
        }
        askAgain(for: current, to: receiver, at: now, &decision)
    }

    /// Those of which the end is still to be told.
    ///
    /// Alerts with the same labels are one to an Alertmanager, so the end of an earlier occurrence is no longer told once
    /// a later one fires: it would end that.
    private func resolvedLately(
        _ children: [Incident.Child],
        butNot firing: [Incident.Child],
        to receiver: String,
        at now: Instant
    ) -> [Incident.Child] {
        let resolved = children.filter { child in
            guard !child.isFiring, let end = child.alert.resolvedAt, told[.alert(child.alert.id)]?[receiver] != nil
            else { return false }
            return now <= end.advanced(by: policy.resolvedResending)
        }
        guard !resolved.isEmpty else { return [] }
        var taken = Set(firing.map(\.labels))
        // Of several that ended, the latest says it.
        let latest = resolved.sorted { ($0.alert.resolvedAt ?? now) > ($1.alert.resolvedAt ?? now) }
        return latest.filter { taken.insert($0.labels).inserted }
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

    private func askAgain(
        for children: [Incident.Child],
        to receiver: String,
        at now: Instant,
        _ decision: inout NotificationDecision
    ) {
        for child in children {
            guard let last = posted[Posted.Key(receiver: receiver, alert: child.alert.id)] else { continue }
            let next = last.at.advanced(by: policy.resendInterval)
            let end = child.isFiring ? nil : child.alert.resolvedAt?.advanced(by: policy.resolvedResending)
            if let end, next > end { continue }
            decision.ask(at: next)
        }
    }
}
