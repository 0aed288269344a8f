import Foundation
import Measuring

/// What a year of polls adds to the file, for each kind of thing that polls find: `inventory-load growth`.
struct GrowthBenchmark {
    /// What a scenario of the program is about.
    private struct Scenario: Sendable {
        let name: String
        let title: String
        /// Whether bytes are told for each poll, or for each change.
        var isAboutPolls = false
        /// The most bytes; the argument is the mean size of the canonical documents that are new.
        let goal: @Sendable (Double) -> Double

        static let all = [
            Scenario(name: "quiet", title: "poll without change; a restart a week", isAboutPolls: true) { _ in 1 },
            Scenario(name: "failing", title: "poll, one in a thousand of which fails", isAboutPolls: true) { _ in 1 },
            Scenario(name: "flapping", title: "change between contents seen before") { _ in 150 },
            Scenario(name: "topics", title: "new content: other topics") { 1.2 * $0 + 150 },
            Scenario(name: "messages", title: "new content: another error message") { 1.2 * $0 + 150 },
        ]
    }

    /// What a year has done to a file.
    private struct Outcome {
        let scenario: Scenario
        let figures: FigureLines

        var events: Double { get throws { try figures.value(scenario.isAboutPolls ? "polls" : "changes") } }

        /// How much more one of the program's figures is after the year, for each event.
        func growth(_ name: String) throws -> Double {
            let (before, after) = (
                figures.values("before.\(name)").last ?? 0, figures.values("after.\(name)").last ?? 0
            )
            return (after - before) / (try events)
        }

        /// The mean size of the documents that are new; 0 where there are none.
        var documentBytes: Double {
            get throws {
                let count = try growth("documents")
                return count > 0 ? try growth("document.bytes") / count : 0
            }
        }

        var parts: [String: Double] {
            get throws {
                var parts: [String: Double] = [:]
                for name in figures.values(under: "after.part.").keys { parts[name] = try growth("part.\(name)") }
                return parts
            }
        }
    }

    let settings: Settings

    func run() throws -> String {
        try TemporaryFolder.with(in: settings.workshop) { folder in
            let load = try Program(settings.inventoryLoad)
            var waiting = Scenario.all[...]
            var outcomes: [Outcome] = []
            // Bytes are counted and nothing is timed: as many years pass at once as there are cores.
            while !waiting.isEmpty {
                let batch = waiting.prefix(ProcessInfo.processInfo.activeProcessorCount)
                waiting = waiting.dropFirst(batch.count)
                let running = try batch.map { scenario in
                    let file = folder.appending(path: "\(scenario.name).db").path
                    return try load.start(["growth", scenario.name, "\(settings.days)", file], in: folder)
                }
                for (scenario, program) in zip(batch, running) {
                    let outcome = Outcome(scenario: scenario, figures: try FigureLines(parsing: program.finish()))
                    outcomes.append(outcome)
                    Progress.tell(
                        "  \(scenario.name): \(try outcome.growth("bytes").text(3)) bytes for each of \(try outcome.events)"
                    )
                }
            }
            return "\(try summary(outcomes))\n\n\(try breakdown(outcomes))"
        }
    }

    private func summary(_ outcomes: [Outcome]) throws -> MarkdownTable {
        var table = MarkdownTable("\(settings.days) days, 10,000 links", "how many", "bytes for each", "goal")
        for outcome in outcomes {
            let document = try outcome.documentBytes
            let goal = outcome.scenario.goal(document).text(0)
            table.add(
                outcome.scenario.title,
                try outcome.events.text(0),
                try outcome.growth("bytes").text(outcome.scenario.isAboutPolls ? 4 : 1),
                document > 0 ? "< 1.2 × \(document.text(0)) + 150 = \(goal)" : "< \(goal)"
            )
        }
        return table
    }

    /// Which tables and indexes take how much for each event, those with less than half a byte left out.
    private func breakdown(_ outcomes: [Outcome]) throws -> MarkdownTable {
        let shown = outcomes.filter { !$0.scenario.isAboutPolls }
        var table = MarkdownTable(header: ["bytes for each"] + shown.map(\.scenario.title))
        let parts = try shown.map { try $0.parts }
        let names = Set(parts.flatMap { $0.filter { $0.value >= 0.5 }.keys })
        for name in names.sorted(by: { left, right in
            let (left, right) = (parts.map { $0[left] ?? 0 }.max() ?? 0, parts.map { $0[right] ?? 0 }.max() ?? 0)
            return left > right
        }) {
            table.add(row: ["`\(name)`"] + parts.map { ($0[name] ?? 0).text(1) })
        }
        return table
    }
}
