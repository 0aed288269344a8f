import Alerting
import ClusterLinks
import Console
import Inventory

extension BacktestRendering {
    /// What people read: the notifications, the figures, and what to know of both.
    /// - Parameter width: how wide a table may be; nil for as wide as it is.
    func text(width: Int?) -> String {
        var parts = ["\(report.window.from) to \(report.window.to)"]
        parts.append(report.notifications.isEmpty ? "nothing would have been notified" : notifications(width))
        parts.append(figures.text(fitting: width))
        if !notes.isEmpty { parts.append(notes.map { "note: \($0)".plain }.joined(separator: "\n")) }
        parts.append(Self.assumptions.map { "assumed: \($0)" }.joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }

    private func notifications(_ width: Int?) -> String {
        let table = TextTable(
            head: ["TIME", "TYPE", "SEVERITY", "LASTED", "KIND", "CLUSTER", "LINK", "CODE"],
            rows: report.notifications.map(row)
        ).text(fitting: width)
        return unlisted > 0 ? table + "\nand \(unlisted) more: narrow the window or raise --limit" : table
    }

    private func row(_ notification: BacktestNotification) -> [String] {
        let subjects = notification.subjects
        let hidden = notification.alertCount - subjects.count
        return [
            notification.at.toTheSecond, notification.kind.rawValue, notification.severity.rawValue,
            lasted(notification),
            Self.several(subjects.map(\.kind.rawValue), hidden: 0),
            Self.several(subjects.map { $0.clusterName.isEmpty ? $0.cluster.rawValue : $0.clusterName }, hidden: 0),
            Self.several(subjects.compactMap { $0.link?.rawValue }, hidden: hidden),
            Self.several(subjects.compactMap(\.code), hidden: 0),
        ]
    }

    /// How long the incident was open, as far as the window tells.
    private func lasted(_ notification: BacktestNotification) -> String {
        guard let end = notification.closedAt else {
            return ">" + (report.window.to - notification.openedAt).inTwoUnits
        }
        return (end - notification.openedAt).inTwoUnits
    }

    /// The first of some words, and how many others there are.
    private static func several(_ words: [String], hidden: Int) -> String {
        var told: [String] = []
        for word in words where !told.contains(word) { told.append(word) }
        guard let first = told.first else { return "-" }
        let rest = told.count - 1 + hidden
        return rest > 0 ? "\(first) and \(rest) more" : first
    }

    private var figures: TextTable {
        let (proposed, past) = (report.proposed, report.past)
        func row(_ name: String, _ value: (BacktestFigures) -> String) -> [String] {
            [name, value(proposed), past.map(value) ?? "-"]
        }
        let window = question.proposal.flappingWindow.inTwoUnits
        let noise = question.noiseBelow.inTwoUnits
        let days = report.window.length
        let rows = [
            row("firing notifications") { "\($0.notifications.firing)" },
            row("reminders") { "\($0.notifications.reminder)" },
            row("resolved notifications") { "\($0.notifications.resolved)" },
            row("pages per day") { $0.pagesPerDay(over: days).inHundredths },
            row("alerts that fired") { "\($0.alerts)" },
            row("incidents") { "\($0.incidents)" },
            row("flaps: fired again within \(window)") { "\($0.refirings)" },
            row("flaps: held and marked") { "\($0.flappingMarks)" },
            row("noise: over within \(noise)") { "\($0.noise)" },
        ]
        let told = receivers.map { receiver in
            row("to \(receiver.name)\(receiver.kind == .alertmanager ? " (alerts)" : "")") { figures in
                let tellings = figures.receivers[receiver.name] ?? BacktestFigures.Tellings()
                return "\(tellings.firing) firing, \(tellings.reminder) reminders, \(tellings.resolved) resolved"
            }
        }
        return TextTable(head: ["", "PROPOSED", "WAS"], rows: rows + told)
    }
}

extension Instant {
    /// Without milliseconds, which nobody reads in a table.
    fileprivate var toTheSecond: String { "\(description.prefix(19))Z" }
}

extension Duration {
    /// Its two largest units: `2d3h` and not `2d3h4m5s`.
    fileprivate var inTwoUnits: String {
        let units: [Int64] = [86_400_000, 3_600_000, 60_000, 1000]
        guard let largest = units.firstIndex(where: { $0 <= milliseconds }) else { return DurationText.format(self) }
        let least = units[min(largest + 1, units.count - 1)]
        return DurationText.format(.milliseconds(milliseconds / least * least))
    }
}

extension Double {
    /// With two digits after the point.
    fileprivate var inHundredths: String {
        let hundredths = Int((self * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
