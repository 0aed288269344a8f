package import ExactJSON

/// Incidents as people read them: each with its reason, and under it the alerts that are one because of it.
package struct IncidentText {
    private let incidents: [JSONValue]
    private let surroundings: Listing.Surroundings

    /// The members that make a record of an incident.
    package static let listing = Listing(
        [],
        fields: [
            "id", "state", "severity", "reason", "opened_at", "closed_at", "alerts_firing", "alerts_total", "children",
        ],
        nothing: "no such incidents",
        tellsClusterNames: true
    )

    package init(_ incidents: [JSONValue], _ surroundings: Listing.Surroundings) {
        self.incidents = incidents
        self.surroundings = surroundings
    }

    package func text(width: Int?, paint: Paint) -> String {
        guard !incidents.isEmpty else { return Self.listing.nothing }
        return incidents.map { incident in
            let row = Listing.Row(value: incident, next: nil, surroundings: surroundings)
            return
                ([head(row, width: width, paint: paint), cut("  " + row.text("reason").plain, width)]
                + children(of: incident, width: width.map { $0 - 4 }, paint: paint)).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// Its first line; where that has no room for absolute times, with relative ones.
    private func head(_ row: Listing.Row, width: Int?, paint: Paint) -> String {
        let severity = TextTable.Cell.severity(row.text("severity"))
        let firing = CSVText.words(row.value.member("alerts_firing"))
        let counts = "\(firing) of \(CSVText.words(row.value.member("alerts_total"))) firing"
        let (opened, closed) = (row.instant("opened_at"), row.instant("closed_at"))
        let relative = [("opened", opened), ("closed", closed)].compactMap { word, instant in
            instant.map { "\(word) \($0.relative(to: surroundings.now))" }
        }
        let absolute = opened.map { "since \($0.toTheSecond)  \($0.relative(to: surroundings.now))" }
        let full = [absolute, relative.count > 1 ? relative.last : nil].compactMap(\.self)
        let id = row.text("id").plain
        let line = { (times: [String], severity: String) in
            ([id, severity, counts] + times).joined(separator: "  ")
        }
        let fits = width.map { line(full, severity.text).displayWidth <= $0 } ?? true
        return line(fits ? full : relative, paint(severity.text, severity.tint))
    }

    private func children(of incident: JSONValue, width: Int?, paint: Paint) -> [String] {
        let rows = (incident.member("children").array ?? []).map { child -> [TextTable.Cell] in
            let row = Listing.Row(value: child, next: nil, surroundings: surroundings)
            return [
                TextTable.Cell(row.text("alert_id")),
                TextTable.Cell(row.text("state"), row.text("state") == "firing" ? .bad : .quiet),
                TextTable.Cell(row.cluster), TextTable.Cell(row.text("link_name")),
                TextTable.Cell(row.text(row.text("code").isEmpty ? "kind" : "code")),
                TextTable.Cell(grounds(row)),
            ]
        }
        let columns = [
            TextTable.Column("ALERT"), TextTable.Column("STATE", rank: 2),
            TextTable.Column("CLUSTER", least: 6, fair: 8), TextTable.Column("LINK", least: 8, fair: 12),
            TextTable.Column("CODE", least: 8, fair: 14), TextTable.Column("IN IT BECAUSE", least: 10, fair: 16),
        ]
        return TextTable(columns: columns, rows: rows).text(fitting: width, paint: paint)
            .split(separator: "\n").map { "    " + $0 }
    }

    /// Why an alert is in its incident.
    private func grounds(_ row: Listing.Row) -> String {
        let remote = row.text("grounds.remote_cluster_id")
        return switch row.text("grounds.shared") {
        case "nothing": "it was the first"
        case "unreachable_cluster": "its cluster cannot be polled"
        case "link": "the same link, on this side or the other"
        case "remote_cluster": "same code towards \(surroundings.clusterNames[remote] ?? remote)"
        case let other: other
        }
    }

    private func cut(_ text: String, _ width: Int?) -> String { width.map(text.truncated(to:)) ?? text }
}
