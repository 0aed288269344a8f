import Alerting
import ClusterLinks
import ExactJSON

extension InventoryWriter {
    /// Stores all that waits of the alerts, after everything that they follow from.
    func perform(_ backlog: AlertBacklog) throws {
        for latest in backlog.alerts.values { try store(latest.alert, of: latest.cluster) }
        for event in backlog.events { try store(event.step) }
        for news in backlog.incidents.values { try store(news) }
        for notification in backlog.notifications { try store(notification) }
        for told in backlog.told { try store(told) }
    }

    private func store(_ alert: Alert, of cluster: Int64) throws {
        try run(
            """
            INSERT INTO alerts (alert_id, fingerprint, kind, cluster_key, cluster_link_id, link_name, severity, state,
                started_at, fired_at, resolved_at, resolved_reason, code, task, message, first_observation,
                bad_observation, bad_at, good_observation, good_at, observations, last_observed_at, flapping)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (alert_id) DO UPDATE SET cluster_link_id = excluded.cluster_link_id,
                link_name = excluded.link_name, severity = excluded.severity, state = excluded.state,
                fired_at = excluded.fired_at, resolved_at = excluded.resolved_at,
                resolved_reason = excluded.resolved_reason, code = excluded.code, task = excluded.task,
                message = excluded.message, bad_observation = excluded.bad_observation, bad_at = excluded.bad_at,
                good_observation = excluded.good_observation, good_at = excluded.good_at,
                observations = excluded.observations, last_observed_at = excluded.last_observed_at,
                flapping = excluded.flapping
            """,
            alert.id,
            alert.fingerprint,
            alert.subject.kind.rawValue,
            cluster,
            (alert.subject.link?.clusterLinkID?.rawValue).map(StoredText.init),
            (alert.subject.linkName?.rawValue).map(StoredText.init),
            alert.severity.rawValue,
            alert.state.rawValue,
            alert.startedAt.milliseconds,
            alert.firedAt?.milliseconds,
            alert.resolvedAt?.milliseconds,
            alert.resolvedReason?.rawValue,
            alert.code.map(StoredText.init),
            alert.task.map(StoredText.init),
            alert.message.map(StoredText.init),
            alert.firstObservation,
            alert.badSince.number,
            alert.badSince.at.milliseconds,
            alert.goodSince?.number,
            alert.goodSince?.at.milliseconds,
            alert.observations,
            alert.lastObservedAt.milliseconds,
            alert.isFlapping
        )
    }

    /// An alert that was let go has no row, and its events none either.
    private func store(_ step: AlertStep) throws {
        let tells = [.began, .codeChanged, .messageChanged].contains(step.kind)
        let weighs = [.began, .severityRaised].contains(step.kind)
        try run(
            """
            INSERT INTO alert_events (alert_key, at, kind, observations, severity, code, message)
            SELECT alert_key, ?2, ?3, ?4, ?5, ?6, ?7 FROM alerts WHERE alert_id = ?1
            """,
            step.after.id,
            step.at.milliseconds,
            step.kind.rawValue,
            step.after.observations,
            weighs ? step.after.severity.rawValue : nil,
            tells ? step.after.code.map(StoredText.init) : nil,
            tells ? step.after.message.map(StoredText.init) : nil
        )
    }

    private func store(_ news: AlertBacklog.IncidentNews) throws {
        let incident = news.incident
        try run(
            """
            INSERT INTO incidents (incident_id, opened_at, closed_at, severity) VALUES (?, ?, ?, ?)
            ON CONFLICT (incident_id) DO UPDATE SET closed_at = excluded.closed_at, severity = excluded.severity
            """,
            incident.id,
            incident.openedAt.milliseconds,
            incident.closedAt?.milliseconds,
            incident.severity.rawValue
        )
        for child in incident.children where news.alerts.contains(child.alert.id) {
            // Another occurrence of the same alert takes the place of an earlier one.
            try run(
                """
                DELETE FROM incident_alerts WHERE incident_key = (SELECT incident_key FROM incidents WHERE incident_id = ?1)
                    AND alert_key IN (SELECT alert_key FROM alerts WHERE fingerprint = ?2 AND alert_id <> ?3)
                """,
                incident.id,
                child.alert.fingerprint,
                child.alert.id
            )
            try run(
                """
                INSERT INTO incident_alerts (incident_key, alert_key, grounds, surroundings)
                SELECT incident_key, alert_key, ?3, ?4 FROM incidents, alerts WHERE incident_id = ?1 AND alert_id = ?2
                ON CONFLICT (alert_key) DO UPDATE SET surroundings = excluded.surroundings
                """,
                incident.id,
                child.alert.id,
                StoredText(utf8: child.grounds.stored.encoded),
                StoredText(utf8: child.surroundings.stored.encoded)
            )
        }
    }

    private func store(_ notification: IncidentNotification) throws {
        try run(
            """
            INSERT INTO notifications (notification_id, receiver, incident_key, kind, at, body)
            SELECT ?1, ?2, incident_key, ?4, ?5, ?6 FROM incidents WHERE incident_id = ?3
            ON CONFLICT (notification_id, receiver) DO NOTHING
            """,
            notification.id,
            notification.receiver,
            notification.incident.id,
            notification.kind.rawValue,
            notification.at.milliseconds,
            StoredText(utf8: notification.body(sentAt: notification.at).encoded)
        )
    }

    private func store(_ told: Told) throws {
        let (incident, alert) =
            switch told.subject {
            case .incident(let id): (id, "")
            case .alert(let id): ("", id)
            }
        try run(
            """
            INSERT INTO told (receiver, incident_id, alert_id, firings, reminders, severity, at, resolved_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (receiver, incident_id, alert_id) DO UPDATE SET firings = excluded.firings,
                reminders = excluded.reminders, severity = excluded.severity, at = excluded.at,
                resolved_at = excluded.resolved_at
            """,
            told.receiver,
            incident,
            alert,
            told.firings,
            told.reminders,
            told.severity.rawValue,
            told.at.milliseconds,
            told.resolvedAt?.milliseconds
        )
    }
}

extension StoredText {
    init(_ text: String) { self.init(utf8: Array(text.utf8)) }
}
