import ClusterLinks
import GRDB

extension Verification {
    /// Looks whether alerts, incidents and notifications hold together.
    mutating func verifyAlerts() throws {
        for rule in Self.alertRules {
            let rows = try Row.fetchCursor(db, sql: rule.sql)
            while let row = try rows.next() {
                let (id, at) = (row[0] as String, row[1] as Int64)
                findings.add(.alert, at: at, "\(rule.noun) \(id) \(rule.verdict)")
            }
        }
    }

    private struct AlertRule {
        let noun: String
        let verdict: String
        /// Gives the id and an instant of each that breaks the rule.
        let sql: String
    }

    private static let alertRules = [
        AlertRule(
            noun: "alert",
            verdict: "is open beside another of the same subject",
            sql: """
                SELECT alert_id, started_at FROM alerts WHERE resolved_at IS NULL AND fingerprint IN
                    (SELECT fingerprint FROM alerts WHERE resolved_at IS NULL GROUP BY fingerprint HAVING count(*) > 1)
                """
        ),
        AlertRule(
            noun: "alert",
            verdict: "is in a state that its instants contradict",
            sql: """
                SELECT alert_id, started_at FROM alerts WHERE fired_at < started_at OR resolved_at < started_at
                    OR resolved_at < fired_at OR last_observed_at < started_at
                    OR (state = 'pending' AND fired_at IS NOT NULL) OR (state = 'firing' AND fired_at IS NULL)
                    OR (resolved_at IS NULL) <> (resolved_reason IS NULL)
                """
        ),
        AlertRule(
            noun: "alert",
            verdict: "is open although its cluster has left the configuration",
            sql: """
                SELECT alert_id, started_at FROM alerts JOIN clusters USING (cluster_key)
                WHERE resolved_at IS NULL AND NOT configured
                """
        ),
        AlertRule(
            noun: "alert",
            verdict: "fires and is in no open incident",
            sql: """
                SELECT alert_id, started_at FROM alerts LEFT JOIN incident_alerts USING (alert_key)
                    LEFT JOIN incidents USING (incident_key)
                WHERE state = 'firing' AND (incident_id IS NULL OR closed_at IS NOT NULL)
                """
        ),
        AlertRule(
            noun: "alert",
            verdict: "has an event before its beginning",
            sql: """
                SELECT DISTINCT alert_id, at FROM alert_events JOIN alerts USING (alert_key) WHERE at < started_at
                """
        ),
        AlertRule(
            noun: "incident",
            verdict: "is open and has no alert that fires",
            sql: """
                SELECT incident_id, opened_at FROM incidents WHERE closed_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM incident_alerts AS part JOIN alerts USING (alert_key)
                    WHERE part.incident_key = incidents.incident_key AND state = 'firing')
                """
        ),
        AlertRule(
            noun: "incident",
            verdict: "closed before it opened",
            sql: "SELECT incident_id, opened_at FROM incidents WHERE closed_at < opened_at"
        ),
        AlertRule(
            noun: "notification",
            verdict: "waits without a body, or ended with one",
            sql: "SELECT notification_id, at FROM notifications WHERE (ended_at IS NULL) <> (body IS NOT NULL)"
        ),
    ]
}
