import ClusterLinks
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// What docs/grafana.md has Grafana's Infinity data source ask, asked of a running service.
@Suite(.timeLimit(.minutes(2)))
struct GrafanaDocumentTests {
    private struct Panel {
        let title: String
        let path: String
        let root: String
        let columns: [String]
    }

    @Test func `every path of the table is answered, with rows below its root that have its columns`() async throws {
        let panels = try Self.panels()
        #expect(panels.count > 5)
        try await BusyFleet.with { fleet in
            let began = fleet.live.now
            try await fleet.change()
            for panel in panels {
                let path = panel.path.replacing("${__from:date:iso}", with: began.description)
                    .replacing("${__to:date:iso}", with: fleet.live.now.description)
                #expect(!path.contains("$"), "\(panel.title)")
                let rows = try await fleet.live.api.get(path)[panel.root].array ?? []
                for column in panel.columns {
                    #expect(rows.contains { Self.has(column, in: $0) }, "\(panel.title): \(column)")
                }
            }
        }
    }

    @Test func `the documents show how to reach both ways`() throws {
        let text = try Repository.text("docs/grafana.md")
        for mention in [
            "../deploy/grafana/linkwatch.json", "../deploy/prometheus/prometheus.yml", "bearerToken", "token_file",
            "allowedHosts", "role: read",
        ] { #expect(text.contains(mention), "\(mention)") }
        // Every row of the dashboard has its line.
        for row in try Dashboard.shipped().panels where row["type"].string == "row" {
            #expect(text.contains("\n| \(row["title"].string ?? "-") | "), "\(row["title"])")
        }
    }

    /// The rows of the table whose second cell is a path.
    private static func panels() throws -> [Panel] {
        try Repository.text("docs/grafana.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, cells[1].hasPrefix("`/api/") else { return nil }
            let columns = cells[3].split(separator: ",").map { $0.filter { $0 != "`" && $0 != " " } }
            return Panel(
                title: cells[0],
                path: cells[1].filter { $0 != "`" },
                root: cells[2].filter { $0 != "`" },
                columns: columns
            )
        }
    }

    private static func has(_ column: String, in row: JSONValue) -> Bool {
        var value = row
        for name in column.split(separator: ".") {
            guard let member = value.object?[String(name)] else { return false }
            value = member
        }
        return true
    }
}
