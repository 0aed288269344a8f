import Foundation
import LoopbackLoad
import Measuring

/// Questions about a year of millions of versions, over HTTP and beside them SQLite as it is; and one of them asked of
/// Datasette too.
///
/// One client asks one question after the other, each about another link or instant: what is measured is how long an
/// answer takes, not how many a second there may be.
struct QuestionsBenchmark {
    /// The service's processor time for a link's history over Datasette's.
    static let datasetteGoal = 0.05

    let settings: Settings

    /// What came of one question on one side.
    private struct Outcome {
        var waits: [Duration] = []
        var processor = Duration.zero
        var pages = 0

        var latencies: Latencies { Latencies(waits) }
        var microsecondsEach: Double { processor.inSeconds * 1_000_000 / Double(waits.count) }
        func milliseconds(at share: Double) -> String { (latencies.microseconds(at: share) / 1000).text(2) }

        mutating func add(_ other: Outcome) {
            waits += other.waits
            processor += other.processor
            pages += other.pages
        }
    }

    func run() throws -> String {
        let history = try HistoryFile(settings)
        return try TemporaryFolder.with(in: settings.workshop) { folder in
            let service = try HistoryService(program: settings.linkwatch, serving: history, folder: folder)
            defer { service.child.stop() }
            var table = MarkdownTable(
                "\(history.versions) versions of \(history.links.count) links, \(history.bytes / 1_000_000) MB",
                "median, ms",
                "p99, ms",
                "goal",
                "bare SQLite, median, ms",
                "p99, ms",
                "processor, µs",
                "bare SQLite, µs",
                "pages"
            )
            for question in PastQuestion.all {
                let (ours, bare) = try compare(question, about: history, service.server, folder)
                table.add(
                    question.title,
                    ours.milliseconds(at: 0.5),
                    ours.milliseconds(at: 0.99),
                    question.goal.map { "< \($0.text(0))" } ?? "",
                    bare.milliseconds(at: 0.5),
                    bare.milliseconds(at: 0.99),
                    ours.microsecondsEach.text(0),
                    bare.microsecondsEach.text(0),
                    (Double(ours.pages) / Double(ours.waits.count)).text(1)
                )
            }
            let peer = try compareWithDatasette(history, service.server, folder)
            try service.child.checkRunning()
            return "\(table)\n\n\(peer)"
        }
    }

    private func compare(
        _ question: PastQuestion,
        about history: HistoryFile,
        _ server: Server,
        _ folder: URL
    ) throws -> (Outcome, Outcome) {
        var (ours, bare) = (Outcome(), Outcome())
        _ = try ask(server, for: .seconds(1), followingPages: question.followsPages) { question.draw(history).path }
        for number in 1...settings.rounds {
            var asked: [[String]] = []
            let round = try ask(server, for: .seconds(settings.seconds), followingPages: question.followsPages) {
                let draw = question.draw(history)
                asked.append(draw.arguments)
                return draw.path
            }
            ours.add(round)
            let answered = try askBare(question, asked, history, folder)
            bare.add(answered)
            Progress.tell(
                "  round \(number)  \(question.title): \(round.milliseconds(at: 0.5)) ms, p99 \(round.milliseconds(at: 0.99)) ms; "
                    + "bare \(answered.milliseconds(at: 0.5)) ms, p99 \(answered.milliseconds(at: 0.99)) ms"
            )
        }
        return (ours, bare)
    }

    private func ask(
        _ server: Server,
        for duration: Duration,
        followingPages: Bool,
        _ path: () -> String
    ) throws -> Outcome {
        let client = try PagedClient(port: server.port)
        let clock = ProcessorClock(pids: server.pids)
        var outcome = Outcome()
        let before = try clock.read()
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {
            let (waited, pages, _) = try client.ask(path(), followingPages: followingPages)
            outcome.waits.append(waited)
            outcome.pages += pages
        }
        outcome.processor = try clock.read() - before
        return outcome
    }

    private func askBare(
        _ question: PastQuestion,
        _ asked: [[String]],
        _ history: HistoryFile,
        _ folder: URL
    ) throws -> Outcome {
        let input = folder.appending(path: "asked")
        let lines = asked.map { $0.joined(separator: "\t") + "\n" }.joined()
        try lines.write(to: input, atomically: true, encoding: .utf8)
        let figures = try Program(besideDriver: "bare-sqlite")
            .figures(["ask", history.url.path, question.bareName], input: input, in: folder)
        return Outcome(
            waits: figures.values("answer.nanoseconds").map { .nanoseconds(Int64($0)) },
            processor: .nanoseconds(Int64(try figures.value("processor.nanoseconds"))),
            pages: asked.count
        )
    }

    private func compareWithDatasette(_ history: HistoryFile, _ server: Server, _ folder: URL) throws -> MarkdownTable {
        let datasette = try DatasettePeer(program: settings.datasette, serving: history, folder: folder)
        defer { datasette.child.stop() }
        try demandVersions(of: datasette, history)
        let question = PastQuestion.history
        var (ours, peer) = (Outcome(), Outcome())
        for number in 1...settings.rounds {
            let our = try ask(server, for: .seconds(settings.seconds), followingPages: false) {
                question.draw(history).path
            }
            let theirs = try ask(datasette.server, for: .seconds(settings.seconds), followingPages: false) {
                let arguments = question.draw(history).arguments
                return datasette.path(cluster: arguments[0], link: arguments[1])
            }
            ours.add(our)
            peer.add(theirs)
            Progress.tell(
                "  round \(number)  linkwatch \(our.microsecondsEach.text(0)) µs, "
                    + "Datasette \(theirs.microsecondsEach.text(0)) µs"
            )
        }
        var table = MarkdownTable(
            question.title,
            "linkwatch",
            "Datasette",
            "ratio",
            "goal"
        )
        table.add(
            "processor, µs/request",
            ours.microsecondsEach.text(0),
            peer.microsecondsEach.text(0),
            (ours.microsecondsEach / peer.microsecondsEach).text(4),
            "≤ \(Self.datasetteGoal)"
        )
        table.add("median, ms", ours.milliseconds(at: 0.5), peer.milliseconds(at: 0.5), "", "")
        table.add("p99, ms", ours.milliseconds(at: 0.99), peer.milliseconds(at: 0.99), "", "")
        return table
    }

    /// An answer without rows would cost next to nothing.
    private func demandVersions(of peer: DatasettePeer, _ history: HistoryFile) throws {
        let arguments = PastQuestion.history.draw(history).arguments
        let path = peer.path(cluster: arguments[0], link: arguments[1])
        let answer = try PagedClient(port: peer.server.port).ask(path, followingPages: false).last
        struct Page: Decodable {
            struct Row: Decodable {}
            let rows: [Row]
        }
        let rows = try JSONDecoder().decode(Page.self, from: Data(answer.body)).rows.count
        guard rows > 0 else { throw BenchError.unanswered(path: path, what: "there are no rows in it") }
    }
}
