import Foundation

/// The scores as Benchmarks/README.md shows them.
struct SimulationTable {
    private let rows: [(name: String, score: SimulationScore)]
    private let fleet: SimulatedFleet

    init(_ rows: [(name: String, score: SimulationScore)], of fleet: SimulatedFleet) {
        self.rows = rows
        self.fleet = fleet
    }

    var text: String {
        let head = [
            "rule", "told", "recall", "firing notifications", "precision", "for a true incident", "unfounded",
            "repeated", "late", "ended early",
        ]
        let lines = rows.map { name, score in
            [
                name, "\(score.found)", percent(score.recall), "\(score.notifications)", percent(score.precision),
                String(format: "%.2f", score.pagesPerIncident), "\(score.unfounded)", "\(score.repeated)",
                "\(score.late)", "\(score.endedEarly)",
            ]
        }
        let rule = ["---"] + head.dropFirst().map { _ in "--:" }
        return ([head, rule] + lines).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") + "\n"
            + facts
    }

    private var facts: String {
        let happened = fleet.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        guard let score = rows.first?.score else { return "" }
        return """
            to be told: \(score.incidents), silenced: \(score.silenced); got worse: \(score.worsenings), told: \
            \(score.worseningsTold); reminders: \(score.reminders), ends: \(score.ends), arrived twice: \(score.arrivedTwice)
            \(happened.joined(separator: ", "))
            """
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
