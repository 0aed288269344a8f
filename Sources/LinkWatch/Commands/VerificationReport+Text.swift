import Console
import Inventory

extension VerificationReport {
    /// What people read of it: the findings, or that there are none and what was looked at.
    func text(of file: String) -> String {
        (findingLines + summary(of: file)).map(\.plain).joined(separator: "\n")
    }

    private var findingLines: [String] {
        Finding.Kind.allCases.flatMap { kind -> [String] in
            let told = findings.filter { $0.kind == kind }
            let untold = (findingCounts[kind] ?? 0) - told.count
            return told.map { "\(kind.rawValue): \($0.message)" }
                + (untold > 0 ? ["\(kind.rawValue): and \(untold) more"] : [])
        }
    }

    private func summary(of file: String) -> [String] {
        let total = findingCounts.values.reduce(0, +)
        let verdict = isSound ? "sound" : "\(total) \(total == 1 ? "finding" : "findings")"
        var lines = ["\(file): \(verdict)", "  schema: \(schema.joined(separator: ", "))"]
        if !pendingMigrations.isEmpty {
            lines.append("  a service that starts on it adds: \(pendingMigrations.joined(separator: ", "))")
        }
        guard areRowsVerified else { return lines + ["  only the structure was verified, not what the rows say"] }
        let feed = sequences.map { " (\($0.lowerBound) to \($0.upperBound))" } ?? ""
        lines += [
            "  \(counts.clusters) clusters, \(counts.links) links, \(counts.versions) versions, \(counts.changes) changes\(feed)",
            "  \(counts.episodes) episodes, \(counts.messages) messages, \(counts.snapshots) snapshots, "
                + "\(counts.pollRuns) runs of polls",
            "  \(counts.documents) documents, \(counts.unreferredDocuments) of them referred to no more",
        ]
        if counts.brokenOffEpisodes > 0 {
            lines.append(
                "  \(counts.brokenOffEpisodes) episodes ended within a version: changes were let go while the database failed"
            )
        }
        if let keptFrom { lines.append("  everything since \(keptFrom) is kept, of what was before parts are gone") }
        return lines
    }
}
