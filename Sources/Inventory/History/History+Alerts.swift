package import Alerting
package import ClusterLinks
import ExactJSON
import GRDB

extension History {
    /// Where a page of alerts or incidents goes on: after this one, as they are newest first.
    package struct AlertPosition: Sendable, Hashable {
        /// The alert's `started_at`, the incident's `opened_at`.
        package let at: Instant
        package let id: String

        package init(at: Instant, id: String) {
            self.at = at
            self.id = id
        }
    }

    /// Alerts of the whole fleet, those that began last first.
    package func alerts(
        _ filter: AlertFilter = AlertFilter(),
        after position: AlertPosition? = nil,
        limit: Int = 100
    ) async throws -> [AlertRow] {
        let (condition, arguments) = filter.condition
        return try await pool.read { db in
            let page = position.map { _ in "AND (started_at, alert_id) < (?, ?)" } ?? ""
            var arguments = arguments
            if let position { arguments += [position.at.milliseconds, position.id] }
            return try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT \(AlertRow.columns) FROM \(AlertRow.source) WHERE \(condition) \(page)
                        ORDER BY started_at DESC, alert_id DESC LIMIT ?
                        """
                ),
                arguments: arguments + [limit]
            ).compactMap(AlertRow.init)
        }
    }

    /// One alert with its events, oldest first, and what was told of its incident; nil where no alert has the id.
    package func alert(
        _ id: String
    ) async throws -> (row: AlertRow, events: [AlertEventRow], notifications: [NotificationRow])? {
        try await pool.read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT \(AlertRow.columns) FROM \(AlertRow.source) WHERE alert_id = ?"),
                arguments: [id]
            )
            guard let row, let alert = try AlertRow(row) else { return nil }
            let events = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT * FROM alert_events WHERE alert_key = ? ORDER BY event_key"),
                arguments: [row["alert_key"] as Int64]
            ).map(AlertEventRow.init)
            let notifications = try alert.incident.map { try Self.notifications(db, ofIncident: $0) } ?? []
            return (alert, events, notifications)
        }
    }

    /// The alerts of a link, of all incarnations of its name, that were open within a span, newest first.
    static func alerts(_ db: Database, of link: LinkSelection, in span: Span, limit: Int) throws -> [AlertRow] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(AlertRow.columns) FROM \(AlertRow.source)
                    WHERE alerts.cluster_key = (SELECT cluster_key FROM clusters WHERE cluster_id = ?1)
                        AND (link_name = ?2 OR kind = 'cluster_unreachable')
                        AND (?3 IS NULL OR cluster_link_id IS NULL OR cluster_link_id = ?3)
                        AND started_at < ?5 AND (resolved_at IS NULL OR resolved_at > ?4)
                    ORDER BY started_at DESC, alert_id DESC LIMIT ?6
                    """
            ),
            arguments: [
                link.cluster.rawValue, link.name, link.id?.rawValue, span.from.milliseconds, span.to.milliseconds,
                limit,
            ]
        ).compactMap(AlertRow.init)
    }

    /// Incidents, those that opened last first.
    /// - Parameter open: only those that are, or are no longer.
    package func incidents(
        open: Bool? = nil,
        after position: AlertPosition? = nil,
        limit: Int = 100
    ) async throws -> [Incident] {
        let state = open.map { $0 ? "closed_at IS NULL" : "closed_at IS NOT NULL" } ?? "TRUE"
        return try await pool.read { db in
            try Incident.stored(
                db,
                where: "\(state) AND (?1 IS NULL OR (opened_at, incident_id) < (?1, ?2))",
                arguments: [position?.at.milliseconds, position?.id],
                order: "opened_at DESC, incident_id DESC LIMIT \(limit)"
            )
        }
    }

    /// One incident with what was told of it; nil where none has the id.
    package func incident(_ id: String) async throws -> (incident: Incident, notifications: [NotificationRow])? {
        try await pool.read { db in
            let found = try Incident.stored(db, where: "incident_id = ?", arguments: [id])
            return try found.first.map { ($0, try Self.notifications(db, ofIncident: id)) }
        }
    }

    /// What was to be told within a span, oldest first.
    package func notifications(in span: Span) async throws -> [NotificationRow] {
        try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT * FROM \(NotificationRow.source) WHERE at >= ? AND at < ? ORDER BY notification_key"
                ),
                arguments: [span.from.milliseconds, span.to.milliseconds]
            ).map(NotificationRow.init)
        }
    }

    /// What people did through linkwatch, newest first.
    package func audit(before key: Int64? = nil, limit: Int = 100) async throws -> [(key: Int64, entry: AuditEntry)] {
        try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT * FROM audit WHERE ?1 IS NULL OR audit_key < ?1 ORDER BY audit_key DESC LIMIT ?2"
                ),
                arguments: [key, limit]
            ).map { row in
                let entry = AuditEntry(
                    at: Instant(milliseconds: row["at"]),
                    actor: row["actor"],
                    peer: row["peer"],
                    action: row["action"],
                    target: row["target"],
                    detail: row["detail"]
                )
                return (row["audit_key"], entry)
            }
        }
    }

    private static func notifications(_ db: Database, ofIncident id: String) throws -> [NotificationRow] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM \(NotificationRow.source) WHERE incident_id = ? ORDER BY notification_key"
            ),
            arguments: [id]
        ).map(NotificationRow.init)
    }
}

extension AlertFilter {
    /// In the words of the columns.
    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var conditions = ["TRUE"]
        var arguments: StatementArguments = []
        let wanted: [(column: String, words: [String]?)] = [
            ("state", states?.map(\.rawValue)), ("kind", kinds?.map(\.rawValue)),
            ("alerts.severity", severities?.map(\.rawValue)), ("cluster_id", clusters), ("link_name", links),
            ("fingerprint", fingerprints),
        ]
        for (column, words) in wanted {
            guard let words else { continue }
            conditions.append("\(column) IN (SELECT value FROM json_each(?))")
            arguments += [String(decoding: JSONValue.array(words.map(JSONValue.string)).encoded, as: UTF8.self)]
        }
        // Open alerts are few among all that ever were: their index finds them.
        if let states, !states.contains(.resolved) { conditions.append("resolved_at IS NULL") }
        return (conditions.joined(separator: " AND "), arguments)
    }
}
