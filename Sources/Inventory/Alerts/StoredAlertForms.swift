import Alerting
import ClusterLinks
import ExactJSON
import Foundation
import GRDB

extension Alert {
    /// The columns of `alerts` with the cluster's own id.
    static let columns = "alerts.*, clusters.cluster_id"
    static let source = "alerts JOIN clusters USING (cluster_key)"

    /// Nil for words that this version does not know.
    init?(_ row: Row) throws {
        guard let kind = AlertKind(rawValue: row["kind"]), let severity = AlertSeverity(rawValue: row["severity"]),
            let state = AlertState(rawValue: row["state"])
        else { return nil }
        let name = try row.text("link_name").flatMap { LinkName($0) }
        let id = try row.text("cluster_link_id").flatMap { ClusterLinkID($0) }
        let goodSince = row.instant("good_at").map { Alert.Mark(number: row["good_observation"] ?? 0, at: $0) }
        self.init(
            id: row["alert_id"],
            fingerprint: row["fingerprint"],
            subject: AlertSubject(
                kind: kind,
                cluster: ClusterID(row["cluster_id"]),
                link: id.map(LinkIdentity.id) ?? name.map(LinkIdentity.name),
                linkName: name
            ),
            severity: severity,
            state: state,
            startedAt: Instant(milliseconds: row["started_at"]),
            firedAt: row.instant("fired_at"),
            resolvedAt: row.instant("resolved_at"),
            resolvedReason: (row["resolved_reason"] as String?).flatMap(ResolvedReason.init(rawValue:)),
            code: try row.text("code"),
            task: try row.text("task"),
            message: try row.text("message"),
            firstObservation: row["first_observation"],
            badSince: Alert.Mark(number: row["bad_observation"], at: Instant(milliseconds: row["bad_at"])),
            goodSince: goodSince,
            observations: row["observations"],
            lastObservedAt: Instant(milliseconds: row["last_observed_at"]),
            isFlapping: row["flapping"]
        )
    }
}

extension Acknowledgement {
    /// Nil where nobody has acknowledged the alert.
    init?(_ row: Row) throws {
        guard let at = row.instant("acknowledged_at") else { return nil }
        self.init(
            storedBy: try row.text("acknowledged_by") ?? "",
            comment: try row.text("acknowledgement") ?? "",
            at: at
        )
    }
}

extension Silence {
    /// Nil for matchers that this version does not read.
    init?(_ row: Row) throws {
        var matchers: [Matcher] = []
        for value in try JSONValue(parsing: row["matchers"] as String).array ?? [] {
            guard let object = value.object, let matcher = try? Matcher(json: object, at: "matchers") else {
                return nil
            }
            matchers.append(matcher)
        }
        self.init(
            stored: row["silence_id"],
            matchers: matchers,
            startsAt: Instant(milliseconds: row["starts_at"]),
            endsAt: Instant(milliseconds: row["ends_at"]),
            createdBy: try row.text("created_by") ?? "",
            comment: try row.text("comment") ?? ""
        )
    }
}

extension Told {
    init?(_ row: Row) {
        guard let severity = AlertSeverity(rawValue: row["severity"]) else { return nil }
        let (incident, alert): (String, String) = (row["incident_id"], row["alert_id"])
        self.init(
            receiver: row["receiver"],
            subject: incident.isEmpty ? .alert(alert) : .incident(incident),
            firings: row["firings"],
            reminders: row["reminders"],
            severity: severity,
            at: Instant(milliseconds: row["at"]),
            resolvedAt: row.instant("resolved_at")
        )
    }
}

extension Row {
    func instant(_ column: String) -> Instant? { (self[column] as Int64?).map(Instant.init(milliseconds:)) }

    /// A text that may hold a U+0000.
    func text(_ column: String) throws -> String? {
        try withUnsafeData(named: column) { data in data.map { String(decoding: $0, as: UTF8.self) } }
    }
}
