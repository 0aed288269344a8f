import Foundation

/// A row of docs/metrics.md.
struct DocumentedMetric {
    let name: String
    let type: String
    let labels: Set<String>

    static func all() throws -> [DocumentedMetric] {
        try Repository.text("docs/metrics.md").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return DocumentedMetric(
                name: cells[0].replacing("`", with: ""),
                type: cells[1],
                labels: Set(cells[2].matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
            )
        }
    }
}
