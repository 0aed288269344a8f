import Alerting
import ClusterLinks
import ExactJSON
import GRDB

extension BacktestFigures {
    /// What was told within a window, as it is stored.
    /// - Parameters:
    ///   - clusters: by their keys; what has nothing to do with any of them is left out.
    ///   - noiseBelow: an incident that was over sooner was noise.
    ///   - flappingWindow: an alert that fired again sooner after its recovery flapped.
    init(
        _ db: Database,
        in window: Span,
        of clusters: [Int64],
        noiseBelow: Duration,
        flappingWindow: Duration
    ) throws {
        self.init()
        let keys = JSONValue.array(clusters.map { .int(Int($0)) })
        let past = PastAlerts(db: db, window: window, clusters: String(decoding: keys.encoded, as: UTF8.self))
        for row in try past.rows("SELECT kind, count(DISTINCT notification_id) FROM \(PastAlerts.told) GROUP BY 1") {
            IncidentNotification.Kind(rawValue: row[0]).map { notifications.add($0, row[1]) }
        }
        for row in try past.rows("SELECT receiver, kind, count(*) FROM \(PastAlerts.told) GROUP BY 1, 2") {
            IncidentNotification.Kind(rawValue: row[1]).map { receivers[row[0], default: Tellings()].add($0, row[2]) }
        }
        for (column, kind) in [("told.at", IncidentNotification.Kind.firing), ("told.resolved_at", .resolved)] {
            let sql = """
                SELECT receiver, count(*) FROM told JOIN alerts USING (alert_id)
                WHERE \(column) >= :from AND \(column) < :to AND \(PastAlerts.isOfClusters) GROUP BY 1
                """
            for row in try past.rows(sql) { receivers[row[0], default: Tellings()].add(kind, row[1]) }
        }
        alerts = try past.count("alerts WHERE \(PastAlerts.fired)")
        refirings = try past.count(
            """
            alerts WHERE \(PastAlerts.fired) AND EXISTS (SELECT 1 FROM alerts AS earlier
                WHERE earlier.fingerprint = alerts.fingerprint AND earlier.started_at < alerts.started_at
                    AND earlier.resolved_reason = 'recovered' AND earlier.fired_at IS NOT NULL
                    AND earlier.resolved_at > alerts.fired_at - \(flappingWindow.milliseconds))
            """
        )
        flappingMarks = try past.count(
            """
            alert_events JOIN alerts USING (alert_key) WHERE alert_events.kind = 'started_flapping'
                AND at >= :from AND at < :to AND \(PastAlerts.isOfClusters)
            """
        )
        incidents = try past.count("incidents WHERE \(PastAlerts.opened)")
        noise = try past.count(
            """
            incidents WHERE \(PastAlerts.opened) AND closed_at < :to
                AND closed_at - opened_at < \(noiseBelow.milliseconds)
            """
        )
    }
}

/// Questions about what alerts there were.
private struct PastAlerts {
    let db: Database
    let window: Span
    /// Their keys, as a JSON array.
    let clusters: String

    static let isOfClusters = "alerts.cluster_key IN (SELECT value FROM json_each(:clusters))"
    static let fired = "fired_at >= :from AND fired_at < :to AND \(isOfClusters)"
    static let opened = "opened_at >= :from AND opened_at < :to AND \(isIncidentOfClusters)"
    static let told =
        "notifications JOIN incidents USING (incident_key) WHERE at >= :from AND at < :to AND \(isIncidentOfClusters)"
    private static let isIncidentOfClusters = """
        EXISTS (SELECT 1 FROM incident_alerts AS part JOIN alerts USING (alert_key)
            WHERE part.incident_key = incidents.incident_key AND \(isOfClusters))
        """

    func rows(_ sql: String) throws -> [Row] {
        try Row.fetchAll(
            db,
            sql: sql,
            arguments: ["from": window.from.milliseconds, "to": window.to.milliseconds, "clusters": clusters]
        )
    }

    func count(_ rest: String) throws -> Int { try rows("SELECT count(*) FROM \(rest)").first?[0] ?? 0 }
}
