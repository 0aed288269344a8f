import Foundation
import Measuring

/// A sweep in which every link has changed, committed by the inventory and, as the same rows, by a bare C program.
struct WritingBenchmark {
    /// The most seconds, and the most that the inventory may take for each second of the bare program.
    static let goal = (seconds: 1.0, ratio: 1.5)

    private static let kinds = [
        (name: "seen", title: "to topics seen before"),
        (name: "new", title: "to topics never seen"),
        (name: "broken", title: "to an error, never seen"),
    ]

    /// What it took one of the two, in each round.
    private struct Times {
        var wall: [Double] = []
        var processor: [Double] = []

        mutating func add(_ figures: FigureLines) throws {
            wall.append(try figures.value("wall.seconds"))
            processor.append(try figures.value("processor.seconds"))
        }
    }

    let settings: Settings

    func run() throws -> String {
        var table = MarkdownTable(
            "10,000 links changed at once",
            "commits",
            "linkwatch, ms",
            "goal",
            "bare C, ms",
            "ratio",
            "goal",
            "linkwatch, processor ms",
            "bare C, processor ms",
            "ratio",
            "goal"
        )
        for kind in Self.kinds {
            var (ours, bare, commits) = (Times(), Times(), [Double]())
            for number in 1...settings.rounds {
                let (our, theirs) = try TemporaryFolder.with(in: settings.workshop) { try play(kind.name, in: $0) }
                try ours.add(our)
                try bare.add(theirs)
                commits.append(try our.value("commits"))
                Progress.tell(
                    "  round \(number)  \(kind.name): linkwatch \((ours.wall.last ?? .nan).text(3)) s, "
                        + "bare C \((bare.wall.last ?? .nan).text(3)) s"
                )
            }
            table.add(
                kind.title,
                commits.median.text(0),
                (ours.wall.median * 1000).text(0),
                "< \((Self.goal.seconds * 1000).text(0))",
                (bare.wall.median * 1000).text(0),
                (ours.wall.median / bare.wall.median).text(2),
                "≤ \(Self.goal.ratio)",
                (ours.processor.median * 1000).text(0),
                (bare.processor.median * 1000).text(0),
                (ours.processor.median / bare.processor.median).text(2),
                "≤ \(Self.goal.ratio)"
            )
        }
        return "\(table)"
    }

    /// The bare program makes as many commits as the inventory did, and ends badly unless both files say the same.
    private func play(_ kind: String, in folder: URL) throws -> (ours: FigureLines, bare: FigureLines) {
        let (file, prepared) = (folder.appending(path: "linkwatch.db"), folder.appending(path: "prepared.db"))
        let ours = try Program(settings.inventoryLoad).figures(["sweep", kind, file.path, prepared.path], in: folder)
        let bare = try Program(besideDriver: "bare-sqlite")
            .figures(["insert", prepared.path, file.path, try ours.value("commits").text(0)], in: folder)
        return (ours, bare)
    }
}
