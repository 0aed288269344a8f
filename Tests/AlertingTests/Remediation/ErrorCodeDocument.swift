import Alerting
import Foundation

/// docs/error-codes.md, as far as it must agree with the catalogue.
struct ErrorCodeDocument {
    /// The rows of the table under each kind's heading, without its head.
    let rows: [AlertKind: [String]]

    init(repository: URL) throws {
        let text = try String(contentsOf: repository.appending(path: "docs/error-codes.md"), encoding: .utf8)
        var rows: [AlertKind: [String]] = [:]
        for section in text.components(separatedBy: "\n## `").dropFirst() {
            guard let kind = AlertKind(rawValue: String(section.prefix { $0 != "`" })) else { continue }
            rows[kind] = Array(section.components(separatedBy: "\n").filter { $0.hasPrefix("| ") }.dropFirst())
        }
        self.rows = rows
    }

    /// The row that the document has for an entry.
    static func row(_ entry: ErrorCodeGuide.Entry) -> String {
        let code = entry.code ?? (entry.kind == .taskError ? "" : entry.kind.rawValue)
        let subject = code.isEmpty ? "no code" : "`\(code)`"
        let task = entry.task.map { " in `\($0)`" } ?? ""
        let page = entry.remediation.link.map { ", [page](\($0))" } ?? ""
        let cells = [
            subject + task, entry.remediation.meaning, entry.remediation.likelyCause, entry.remediation.firstStep,
            entry.basis.rawValue + page,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }
}
