import Alerting
import ClusterLinks
import ExactJSON
import GRDB

/// What a start takes up of the alerts: all that is open, and what is still to be said of the rest.
struct StoredAlerts {
    var open: [ClusterID: [Alert]] = [:]
    /// Those that resolved lately, for flapping.
    var recent: [ClusterID: [Alert]] = [:]
    /// Those that are open, that closed lately, or of whose end somebody is still to be told.
    var incidents: [Incident] = []
    var acknowledgements: [String: Acknowledgement] = [:]
    var silences: [Silence] = []
    var told: [Told] = []

    /// Nothing, as in a new database.
    init() {}

    /// - Parameters:
    ///   - recently: since when alerts resolved lately.
    ///   - now: silences that ended before are left out.
    ///   - resending: since when incidents closed lately.
    init(_ db: Database, recently: Instant, resending: Instant, now: Instant) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT \(Alert.columns) FROM \(Alert.source) WHERE resolved_at IS NULL OR resolved_at > ?",
            arguments: [recently.milliseconds]
        )
        while let row = try rows.next() {
            guard let alert = try Alert(row) else { continue }
            if alert.isOpen {
                open[alert.subject.cluster, default: []].append(alert)
                acknowledgements[alert.id] = try Acknowledgement(row)
            } else {
                recent[alert.subject.cluster, default: []].append(alert)
            }
        }
        incidents = try Incident.stored(
            db,
            where: """
                closed_at IS NULL OR closed_at > ?1
                OR incident_id IN (SELECT incident_id FROM told WHERE incident_id <> '' AND resolved_at IS NULL)
                """,
            arguments: [resending.milliseconds]
        )
        silences = try Row.fetchAll(
            db,
            sql: "SELECT * FROM silences WHERE ends_at > ? ORDER BY silence_id",
            arguments: [now.milliseconds]
        ).compactMap(Silence.init)
        let alerts = Set(incidents.flatMap(\.children).map(\.alert.id))
        let ids = Set(incidents.map(\.id))
        told = try Row.fetchAll(db, sql: "SELECT * FROM told").compactMap(Told.init).filter { row in
            switch row.subject {
            case .incident(let id): ids.contains(id)
            case .alert(let id): alerts.contains(id)
            }
        }
    }
}

extension Incident {
    /// The incidents that meet a condition, from the oldest on, each with its alerts in the order in which they joined.
    static func stored(
        _ db: Database,
        where condition: String,
        arguments: StatementArguments,
        order: String = "opened_at, incident_id"
    ) throws -> [Incident] {
        let heads = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM incidents WHERE \(condition) ORDER BY \(order)"),
            arguments: arguments
        )
        let children = try db.cachedStatement(
            sql: """
                SELECT \(Alert.columns), grounds, surroundings FROM incident_alerts
                JOIN alerts USING (alert_key) JOIN clusters USING (cluster_key)
                WHERE incident_key = ? ORDER BY place
                """
        )
        return try heads.compactMap { head in
            guard let severity = AlertSeverity(rawValue: head["severity"]) else { return nil }
            return Incident(
                id: head["incident_id"],
                openedAt: Instant(milliseconds: head["opened_at"]),
                closedAt: head.instant("closed_at"),
                children: try Row.fetchAll(children, arguments: [head["incident_key"] as Int64]).compactMap(Child.init),
                severity: severity
            )
        }
    }
}

extension Incident.Child {
    init?(_ row: Row) throws {
        guard let alert = try Alert(row) else { return nil }
        let grounds = try JSONValue(parsing: row["grounds"] as String).object.flatMap(Incident.Grounds.init(stored:))
        self.init(
            alert: alert,
            surroundings: AlertSurroundings(
                stored: try JSONValue(parsing: row["surroundings"] as String).object ?? [:]
            ),
            grounds: grounds ?? .first
        )
    }
}
