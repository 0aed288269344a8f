import Alerting
import ClusterLinks
import Inventory

/// What a replay found, and what has to be known to read it.
struct BacktestRendering {
    let report: BacktestReport
    let question: BacktestQuestion

    /// Notifications that are counted and not listed.
    var unlisted: Int { report.proposed.notifications.total - report.notifications.count }

    /// Those of the configuration in its order, then those that were told and are not in it.
    var receivers: [(name: String, kind: NotificationTarget.Kind?)] {
        let configured = question.proposal.targets
        let names = Set(configured.map(\.name))
        let former = (report.past?.receivers ?? [:]).keys.filter { !names.contains($0) }.sorted()
        return configured.map { ($0.name, $0.kind) } + former.map { ($0, nil) }
    }

    /// What is not as one would think.
    var notes: [String] {
        var notes: [String] = []
        if let keptFrom = report.keptFrom, question.window.from < keptFrom {
            notes.append(
                "the past is kept from \(keptFrom) on: the window begins there and not at \(question.window.from)"
            )
        }
        if let (first, last) = report.polled {
            if first > report.window.from { notes.append("the first poll was at \(first)") }
            if last.advanced(by: Self.silence) < report.window.to { notes.append("the last poll was at \(last)") }
        } else {
            notes.append("the file tells of no poll of any cluster of the configuration")
        }
        if !report.unknownClusters.isEmpty {
            notes.append("in the configuration and not in the file: \(Self.list(report.unknownClusters))")
        }
        if !report.leftOutClusters.isEmpty {
            notes.append(
                "in the file and not in the configuration, neither replayed nor counted: \(Self.list(report.leftOutClusters))"
            )
        }
        if report.past == nil {
            notes.append("the file was written before alerts were kept: what was told is not known")
        }
        if !question.proposal.targets.contains(where: { $0.kind == .webhook }) {
            notes.append("the configuration has no webhook: what is listed is what one would be told")
        }
        return notes
    }

    /// What is not stored, and what is taken for it.
    static let assumptions = [
        "of a run of polls alike the first, the last, their number and those with news are stored: the others are spaced evenly",
        "a reading of tasks without news is not stored: one every tasks_interval is assumed while the cluster answers",
        "polls are those that were made: another poll.interval would have made others",
        "silences hold as they held; acknowledgements are left out; the service is taken to have run all the time",
    ]

    /// So long after the last poll it is worth a word.
    private static let silence = Duration.seconds(3600)
    private static let mostClusters = 10

    private static func list(_ clusters: [ClusterID]) -> String {
        let rest = clusters.count - mostClusters
        return clusters.prefix(mostClusters).map(\.rawValue).joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }
}
