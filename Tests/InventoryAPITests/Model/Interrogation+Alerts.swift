import ClusterLinks
import ExactJSON
import NaiveInventory

/// Alerts: what they follow from is tried where they are made; here, that every question about them has one answer.
extension Interrogation {
    mutating func alerts() throws {
        let all = try get("/api/v1/alerts?limit=1000").items
        let keys = all.map { [$0["started_at"]?.string ?? "", $0["id"]?.string ?? ""] }
        if keys != keys.sorted(by: { $1.lexicographicallyPrecedes($0) }) { note("/api/v1/alerts", "not newest first") }
        try expectPages(of: all, "/api/v1/alerts")
        for name in ["state", "kind", "severity", "cluster_id", "link_name", "fingerprint"] {
            let values = Set(all.compactMap { $0[name]?.string }.filter { !$0.contains(",") })
            for value in values.sorted().prefix(4) {
                let target = "/api/v1/alerts?\(name)=\(value.escaped)"
                try expect(list: all.filter { $0[name]?.string?.hasBytes(of: value) ?? false }, target)
            }
        }
        for item in all { try alert(item) }
        try expectFiring(all.filter { $0["state"] == "firing" })
    }

    private mutating func alert(_ alert: JSONObject) throws {
        let target = "/api/v1/alerts/" + (alert["id"]?.string ?? "")
        let detail = try get(target).json
        expect(.object(detail), .object(alert), target)
        let events = (detail["events"]?.array ?? []).compactMap(\.object)
        expect(events.first?["at"], alert["started_at"] ?? .null, target + " began")
        expect(events.first { $0["kind"] == "fired" }?["at"] ?? .null, alert["fired_at"] ?? .null, target + " fired")
        let end = events.first { $0["kind"] == "resolved" }
        expect(end?["at"] ?? .null, alert["resolved_at"] ?? .null, target + " resolved")
        expectCount(of: alert, target)
    }

    /// Each success since the first bad one is an observation, whether it brought news or not.
    private mutating func expectCount(of alert: JSONObject, _ target: String) {
        guard alert["state"] != "resolved", ["link_error", "link_state"].contains(alert["kind"]),
            let view = fleet.clusters.first(where: { $0.id.rawValue == alert["cluster_id"]?.string }),
            let start = alert["started_at"]?.string.flatMap(Instant.init(rfc3339:))
        else { return }
        let seen = view.frames.filter { $0.at >= start }
        expect(alert["observations"], .int(seen.count), target + " observations")
        expect(alert["last_observed_at"], .instant(seen.last?.at), target + " last_observed_at")
    }

    /// What tells of firing alerts only tells of the same ones.
    private mutating func expectFiring(_ firing: [JSONObject]) throws {
        let fingerprints = firing.compactMap { $0["fingerprint"]?.string }.sorted()
        let answer = try get("/api/v2/alerts")
        let told = (try JSONValue(parsing: answer.body).array ?? []).compactMap { $0.object?["fingerprint"]?.string }
        if told != fingerprints { note("/api/v2/alerts", "\(told), expected \(fingerprints)") }
        let series = try get("/metrics").text.split(separator: "\n").filter {
            $0.hasPrefix("clusterlink_alert_firing{")
        }
        let labels = Set(
            firing.map { alert in
                ["kind", "severity", "cluster_id", "link_name"].map { alert[$0]?.string ?? "" }
            }
        )
        if series.count != labels.count { note("/metrics", "\(series.count) firing, expected \(labels.count)") }
    }

    mutating func incidents() throws {
        let target = "/api/v1/incidents?state=open,closed"
        let all = try get(target + "&limit=1000").items
        try expectPages(of: all, target)
        try expect(list: all.filter { $0["state"] == "open" }, "/api/v1/incidents")
        try expect(list: all.filter { $0["state"] == "closed" }, "/api/v1/incidents?state=closed")
        var places: [String: JSONValue] = [:]
        for incident in all {
            let children = (incident["children"]?.array ?? []).compactMap(\.object)
            let firing = children.filter { $0["state"] == "firing" }
            expect(incident["alerts_firing"], .int(firing.count), target)
            expect(incident["state"], firing.isEmpty ? "closed" : "open", target)
            for child in children { places[child["alert_id"]?.string ?? ""] = incident["id"] }
            try expect(item: incident, "/api/v1/incidents/" + (incident["id"]?.string ?? ""))
        }
        for alert in try get("/api/v1/alerts?limit=1000").items {
            let id = alert["id"]?.string ?? ""
            expect(alert["incident_id"], places[id] ?? .null, "/api/v1/alerts incident of \(id)")
            if alert["state"] == "firing", places[id] == nil {
                note("/api/v1/alerts", "\(id) fires without an incident")
            }
        }
    }
}
