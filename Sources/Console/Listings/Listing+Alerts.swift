import ClusterLinks
import ExactJSON

extension Listing {
    /// Alerts, newest first.
    package static let alerts = Listing(
        [
            .text("ID", "id"), Column("SEVERITY") { .severity($0.text("severity")) },
            Column("STATE", rank: 3) { row in
                let state = row.flag("unconfirmed") ? "unsure" : row.text("state")
                return TextTable.Cell(state, state == "firing" ? .bad : nil)
            },
            Column("CLUSTER", least: 6, fair: 8) { row in
                let name = row.text("labels.kafka_cluster_name")
                return TextTable.Cell(name.isEmpty ? row.cluster : name)
            },
            Column("LINK", least: 8, fair: 14) { TextTable.Cell($0.text("link_name")) },
            Column("CODE", least: 10, fair: 14) { TextTable.Cell($0.text($0.text("code").isEmpty ? "kind" : "code")) },
        ]
            + Column.instant("SINCE", "started_at")
            + [
                Column("HANDLED", least: 8, rank: 2) { TextTable.Cell($0.handling) },
                .text("MESSAGE", "message", least: 20, rank: 5),
            ],
        fields: [
            "id", "fingerprint", "kind", "severity", "state", "unconfirmed", "cluster_id", "link_name", "code",
            "message",
            "started_at", "fired_at", "last_observed_at", "resolved_at", "resolved_reason", "observations",
            "acknowledged_by", "silenced_by", "flapping", "incident_id",
        ],
        nothing: "no such alerts"
    )

    /// Silences, those that end last first.
    package static let silences = Listing(
        [
            .text("ID", "id"),
            Column("STATE") { TextTable.Cell($0.text("state"), $0.text("state") == "active" ? .good : .quiet) },
            Column("ENDS", rank: 4) { TextTable.Cell($0.instant("ends_at")?.toTheSecond ?? "") },
            Column("FROM NOW", rank: 1) { TextTable.Cell($0.ago("ends_at"), .quiet) },
            Column("ALERTS", least: 12, fair: 24) { TextTable.Cell($0.matchers) },
            .text("BY", "created_by", least: 6, rank: 2), .text("COMMENT", "comment", least: 12, rank: 3),
        ],
        fields: ["id", "state", "starts_at", "ends_at", "created_by", "comment", "matchers"],
        nothing: "no such silences"
    )
}

extension Listing.Row {
    /// Why nobody is told of it.
    fileprivate var handling: String {
        let silenced = value.member("silenced_by").array?.isEmpty == false
        let by = text("acknowledged_by")
        return [by.isEmpty ? nil : "by \(by)", silenced ? "silenced" : nil].compactMap(\.self).joined(separator: ", ")
    }

    /// As `silence add` takes them.
    fileprivate var matchers: String {
        (value.member("matchers").array ?? []).map { matcher in
            let isRegex = matcher.member("isRegex").bool == true
            let sign = matcher.member("isEqual").bool == false ? (isRegex ? "!~" : "!=") : (isRegex ? "=~" : "=")
            return (matcher.member("name").string ?? "") + sign + (matcher.member("value").string ?? "")
        }.joined(separator: " ")
    }
}
