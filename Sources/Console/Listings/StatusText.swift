package import ClusterLinks
package import ExactJSON

/// The service in one look.
package struct StatusText {
    private let status: JSONValue
    private let firing: [JSONValue]
    private let now: Instant
    private let isOfFile: Bool

    /// - Parameters:
    ///   - status: what `/api/v1/status` answers with.
    ///   - firing: the alerts that fire.
    ///   - isOfFile: whether no service runs, of which there is nothing to tell then.
    package init(_ status: JSONValue, firing: [JSONValue], now: Instant, isOfFile: Bool = false) {
        self.status = status
        self.firing = firing
        self.now = now
        self.isOfFile = isOfFile
    }

    package func text(width: Int?, paint: Paint) -> String {
        let lines: [(String, TextTable.Cell)] = [
            ("service", service), ("started", moment("started_at")), ("database", database), ("durable", durability),
            ("clusters", clusters), ("links", links), ("alerts", alerts), ("configuration", configuration),
            ("last reload", reload), ("changes", TextTable.Cell("\(number("sequence")), kept \(kept)")),
        ]
        let columns = [TextTable.Column(""), TextTable.Column("", least: 20)]
        let told = isOfFile ? lines.filter { !Self.ofService.contains($0.0) } : lines
        let rows = told.map { [TextTable.Cell($0.0, .heading), $0.1] }
        return TextTable(columns: columns, rows: rows).body(fitting: width, paint: paint)
    }

    private static let ofService: Set = ["service", "started", "durable", "configuration", "last reload"]

    /// Every value by its path, a record each.
    package var csv: String { CSVText.record(["field", "value"]) + Self.records(status, path: "") }

    private static func records(_ value: JSONValue, path: String) -> String {
        guard let object = value.object, !object.members.isEmpty else {
            return CSVText.record([.string(path), value])
        }
        return object.members.map { records($0.value, path: path.isEmpty ? $0.name : path + "." + $0.name) }.joined()
    }

    private func text(_ path: String) -> String { status.member(path).string ?? "" }

    private func number(_ path: String) -> Int { status.member(path).int ?? 0 }

    private func moment(_ path: String) -> TextTable.Cell {
        guard let instant = status.member(path).instant else { return "never" }
        return TextTable.Cell("\(instant.toTheSecond)  \(instant.relative(to: now))")
    }

    private var service: TextTable.Cell {
        let isReady = status.member("ready").bool == true
        let revision = text("revision").prefix(12)
        let version = "linkwatch \(text("version"))\(revision.isEmpty ? "" : " (\(revision))")"
        return isReady ? TextTable.Cell(version + ", ready", .good) : TextTable.Cell(version + ", not ready", .bad)
    }

    private var database: TextTable.Cell {
        let size = ByteCount(Int64(number("database.size_bytes")))
        let log = ByteCount(Int64(number("database.wal_size_bytes")))
        return TextTable.Cell("\(text("database.path")), \(size), log \(log)")
    }

    private var durability: TextTable.Cell {
        guard status.member("database.durable").bool != true else { return TextTable.Cell("yes", .good) }
        let lost = number("database.lost_changes")
        return TextTable.Cell(
            "no: \(number("database.waiting_writes")) writes wait, \(lost) changes lost; \(text("database.last_error"))",
            .bad
        )
    }

    private var clusters: TextTable.Cell {
        let stale = number("stale_clusters")
        return TextTable.Cell(
            "\(number("clusters"))\(stale > 0 ? ", \(stale) not heard of" : "")",
            stale > 0 ? .doubtful : nil
        )
    }

    private var links: TextTable.Cell {
        let parts = ["ok", "degraded", "error", "unknown"].map { ($0, number("links.\($0)")) }.filter { $0.1 > 0 }
        let told = parts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        let tint: Tint = number("links.error") > 0 ? .bad : parts.contains { $0.0 != "ok" } ? .doubtful : .good
        return TextTable.Cell("\(number("links.total"))\(told.isEmpty ? "" : ": \(told)")", tint)
    }

    private var alerts: TextTable.Cell {
        guard !firing.isEmpty else { return TextTable.Cell("none firing", .good) }
        let counts = ["critical", "warning", "info"].map { (severity: String) -> (String, Int) in
            (severity, firing.count { $0.member("severity").string == severity })
        }.filter { $0.1 > 0 }
        return TextTable.Cell(
            "\(firing.count) firing: \(counts.map { "\($0.1) \($0.0)" }.joined(separator: ", "))",
            .bad
        )
    }

    private var configuration: TextTable.Cell {
        let path = text("configuration.path")
        let waiting = (status.member("configuration.awaiting_restart").array ?? []).compactMap(\.string)
        let told = path.isEmpty ? "made by the program" : path
        return TextTable.Cell(told + (waiting.isEmpty ? "" : "; await a restart: \(waiting.joined(separator: ", "))"))
    }

    private var reload: TextTable.Cell {
        let problems = (status.member("configuration.reload_problems").array ?? []).compactMap(\.string)
        guard let first = problems.first else { return moment("configuration.loaded_at") }
        return TextTable.Cell(
            "refused, \(problems.count) \(problems.count == 1 ? "problem" : "problems"): \(first)",
            .bad
        )
    }

    private var kept: String {
        status.member("kept_from").instant.map { "since \($0.toTheSecond)" } ?? "from the first on"
    }
}
