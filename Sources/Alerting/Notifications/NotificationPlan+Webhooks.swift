import ClusterLinks

extension NotificationPlan {
    /// - Returns: when a reminder is due; nil where everything is suppressed, or over.
    mutating func tellWebhooks(
        of incident: Incident,
        at now: Instant,
        _ decision: inout NotificationDecision
    ) -> Instant? {
        guard incident.isOpen else {
            tellEnd(of: incident, at: now, &decision)
            return nil
        }
        guard let severity = alerts.severity(ofIncident: incident.id) else { return nil }
        var reminders: [Instant] = []
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
            if let kind = kind(after: &row, severity: severity, at: now) {
                row.severity = max(row.severity, severity)
                row.at = now
                decision.notifications.append(
                    IncidentNotification(
                        kind: kind,
                        ordinal: kind == .firing ? row.firings : row.reminders,
                        receiver: receiver.name,
                        incident: incident,
                        alerts: incident.children.filter { alerts[$0.alert.id]?.isAudible == true },
                        at: now
                    )
                )
                store(row, &decision)
            }
            if let reminder = reminder(after: row) { reminders.append(reminder) }
        }
        return reminders.min()
    }

    /// What is to be told after what a row says, counted in it.
    private func kind(
        after row: inout Told,
        severity: AlertSeverity,
        at now: Instant
    ) -> IncidentNotification.Kind? {
        if row.firings == 0 || severity > row.severity {
            row.firings += 1
            return .firing
        }
        guard let due = reminder(after: row), due <= now else { return nil }
        row.reminders += 1
        return .reminder
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
