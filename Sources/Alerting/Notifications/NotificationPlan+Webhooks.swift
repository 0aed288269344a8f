import ClusterLinks

extension NotificationPlan {
    /// - Parameter audible: the incident's alerts that fire and are not suppressed.
    mutating func tellWebhooks(
        of incident: Incident,
        audible: [Incident.Child],
        at now: Instant,
        _ decision: inout NotificationDecision
    ) {
        guard incident.isOpen else { return tellEnd(of: incident, at: now, &decision) }
        guard let severity = audible.map(\.alert.severity).max() else { return }
        for receiver in receivers where receiver.kind == .webhook {
            var row =
                told[.incident(incident.id)]?[receiver.name]
                ?? Told(
                    receiver: receiver.name,
                    subject: .incident(incident.id),
                    firings: 0,
                    reminders: 0,
                    severity: severity,
                    at: now,
                    resolvedAt: nil
                )
            let kind: IncidentNotification.Kind
            if row.firings == 0 || severity > row.severity {
                kind = .firing
                row.firings += 1
            } else if let due = reminder(after: row), due <= now {
                kind = .reminder
                row.reminders += 1
            } else {
                decision.ask(at: reminder(after: row))
                continue
            }
            row.severity = max(row.severity, severity)
            row.at = now
            decision.notifications.append(
                IncidentNotification(
                    kind: kind,
                    ordinal: kind == .firing ? row.firings : row.reminders,
                    receiver: receiver.name,
                    incident: incident,
                    alerts: audible,
                    at: now
                )
            )
            store(row, &decision)
            decision.ask(at: reminder(after: row))
        }
    }

    /// Who was told and is no longer configured is not told, and its row ends with the incident all the same.
    private mutating func tellEnd(of incident: Incident, at now: Instant, _ decision: inout NotificationDecision) {
        let rows = (told[.incident(incident.id)] ?? [:]).values.filter { $0.resolvedAt == nil }
        guard !rows.isEmpty else { return }
        let names = Set(rows.map(\.receiver))
        for receiver in receivers where receiver.kind == .webhook && names.contains(receiver.name) {
            decision.notifications.append(
                IncidentNotification(
                    kind: .resolved,
                    ordinal: 1,
                    receiver: receiver.name,
                    incident: incident,
                    alerts: incident.children,
                    at: now
                )
            )
        }
        for var row in rows.sorted(by: { $0.receiver < $1.receiver }) {
            row.resolvedAt = now
            store(row, &decision)
        }
    }

    private func reminder(after row: Told) -> Instant? {
        policy.reminderInterval > .zero ? row.at.advanced(by: policy.reminderInterval) : nil
    }
}
