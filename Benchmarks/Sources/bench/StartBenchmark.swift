import Foundation
import LoopbackLoad
import Measuring

/// How long `linkwatch serve` takes from its start until `/readyz` says 200, on a year's history; after an orderly stop, and after a
/// kill that leaves the log as it is.
struct StartBenchmark {
    private static let goal = 100.0

    let settings: Settings

    /// How one service came and went.
    private struct Life {
        let ready: Double
        let processor: Double
        let stop: Double
    }

    private enum End { case order, kill }

    func run() throws -> String {
        let history = try HistoryFile(settings)
        return try TemporaryFolder.with(in: settings.workshop) { folder -> String in
            let file = folder.appending(path: "linkwatch.db")
            try FileManager.default.copyItem(at: history.url, to: file)
            let port = try LoopbackSocket.freePort()
            let configuration = folder.appending(path: "linkwatch.yaml")
            try HistoryService.configuration(
                port: port,
                file: file,
                clusters: history.clusters,
                deadPort: try LoopbackSocket.freePort()
            )
            .write(to: configuration, atomically: true, encoding: .utf8)
            let live = { (end: End) -> Life in try self.live(configuration, port: port, in: folder, end) }
            // Brings an older file's schema up to date, and the pages that a start reads into memory.
            _ = try live(.order)
            var lives: [(title: String, lives: [Life])] = []
            for (title, end) in [("after an orderly stop", End.order), ("after a kill", .kill)] {
                _ = try live(end)
                var played: [Life] = []
                for number in 1...settings.rounds {
                    let life = try live(end)
                    Progress.tell("  round \(number) \(title): \(life.ready.text(1)) ms")
                    played.append(life)
                }
                lives.append((title, played))
            }
            return table(lives, history)
        }
    }

    private func live(_ configuration: URL, port: UInt16, in folder: URL, _ end: End) throws -> Life {
        let begin = MonotonicClock.now
        let child = try Child(settings.linkwatch, ["serve", "--config", configuration.path], in: folder)
        defer { child.stop() }
        let request = RequestText(path: "/readyz")
        let deadline = begin + 600_000_000_000
        while true {
            // Until it listens, nobody answers.
            if let answer = try? LoopbackSocket(port: port).answer(to: request.bytes(port: port)), answer.status == 200
            {
                break
            }
            try child.checkRunning()
            guard MonotonicClock.now < deadline else {
                throw BenchError.notReady(what: "the service", said: child.lastWords)
            }
            usleep(1000)
        }
        let ready = MonotonicClock.now
        let processor = try ProcessorClock(pids: [child.pid]).read() / .milliseconds(1)
        // So that there is a log to take up, or to write into the file: of the first polls.
        Thread.sleep(forTimeInterval: 1)
        let asked = MonotonicClock.now
        if end == .kill { kill(child.pid, SIGKILL) }
        child.stop()
        return Life(
            ready: Double(ready - begin) / 1e6,
            processor: processor,
            stop: Double(MonotonicClock.now - asked) / 1e6
        )
    }

    private func table(_ lives: [(title: String, lives: [Life])], _ history: HistoryFile) -> String {
        let (size, links) = ((Double(history.bytes) / 1e6).text(0), history.links.count)
        var table = MarkdownTable(
            "start on \(size) MB, \(links) links of \(history.clusters.count) clusters",
            "ready, median ms",
            "least, ms",
            "goal",
            "processor, median ms",
            "the stop before it, median ms",
            "goal"
        )
        for (title, lives) in lives {
            let isKilled = title == "after a kill"
            table.add(
                title,
                lives.map(\.ready).median.text(1),
                (lives.map(\.ready).min() ?? .nan).text(1),
                "< \(Self.goal.text(0))",
                lives.map(\.processor).median.text(1),
                isKilled ? "" : lives.map(\.stop).median.text(1),
                isKilled ? "" : "< 2000"
            )
        }
        return "\(table)"
    }
}
