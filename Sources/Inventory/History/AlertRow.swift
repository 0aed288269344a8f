package import Alerting
package import ClusterLinks
import ExactJSON
import GRDB

/// One alert as it is stored, with what people did about it and where it belongs.
///
/// Of one that is open, observations without news are not in it: `Alert.observations(upTo:)` counts them.
package struct AlertRow: Sendable {
    package let alert: Alert
    package let acknowledgement: Acknowledgement?
    /// Nil for one that never fired.
    package let incident: String?
    /// As they were when it last was news; nil for one that never fired.
    package let surroundings: AlertSurroundings?
}

/// One step of an alert, or what somebody did about it.
package struct AlertEventRow: Sendable {
    package let at: Instant
    /// An `AlertStep.Kind`, `acknowledged` or `acknowledgement_withdrawn`.
    package let kind: String
    /// How many observations there were by then.
    package let observations: Int
    /// Where the step is about it.
    package let severity: String?
    package let code: String?
    package let message: String?
}

/// One thing that one receiver was to be told.
package struct NotificationRow: Sendable {
    package let id: String
    package let receiver: String
    package let incident: String
    package let kind: String
    package let at: Instant
    /// Attempts that failed.
    package let attempts: Int
    /// When it was delivered or given up; nil while it waits.
    package let endedAt: Instant?
    /// Why it was given up.
    package let failure: String?
}

extension AlertRow {
    static let columns = "\(Alert.columns), incident_id, surroundings"
    static let source = """
        \(Alert.source) LEFT JOIN incident_alerts USING (alert_key) LEFT JOIN incidents USING (incident_key)
        """

    /// Nil for words that this version does not know.
    init?(_ row: Row) throws {
        guard let alert = try Alert(row) else { return nil }
        self.alert = alert
        acknowledgement = try Acknowledgement(row)
        incident = row["incident_id"]
        surroundings = try (row["surroundings"] as String?)
            .flatMap { try JSONValue(parsing: $0).object }.map(AlertSurroundings.init(stored:))
    }
}

extension AlertEventRow {
    init(_ row: Row) throws {
        at = Instant(milliseconds: row["at"])
        kind = row["kind"]
        observations = row["observations"]
        severity = row["severity"]
        code = try row.text("code")
        message = try row.text("message")
    }
}

extension NotificationRow {
    static let source = "notifications JOIN incidents USING (incident_key)"

    init(_ row: Row) {
        id = row["notification_id"]
        receiver = row["receiver"]
        incident = row["incident_id"]
        kind = row["kind"]
        at = Instant(milliseconds: row["at"])
        attempts = row["attempts"]
        endedAt = row.instant("ended_at")
        failure = row["failure"]
    }
}
