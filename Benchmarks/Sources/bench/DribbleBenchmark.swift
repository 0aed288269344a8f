import Foundation
import LoopbackLoad
import Measuring

/// A thousand clients that send their request's head a byte a second: how much longer normal clients wait.
///
/// The normal clients ask at a modest rate (`PacedClients`): with both cores full, what is measured is who gets a core.
struct DribbleBenchmark {
    static let dribblers = 1000
    static let clients = 8
    static let requestsPerSecond = 1000
    /// Longer than the service grants a head, so that rounds have 408s and new connections in them too.
    static let settling = 12.0
    /// The most that the 99th percentile may rise to.
    static let goal = 1.1

    let settings: Settings

    /// What came of one server.
    private struct Outcome {
        var alone: [Latencies] = []
        var dribbled: [Latencies] = []
    }

    func run() throws -> String {
        try Stage.with(settings) { stage in
            let servers = [stage.linkwatch, stage.nginx]
            var outcomes = servers.map { _ in Outcome() }
            for server in servers { _ = try measure(server, for: 1) }
            for number in 1...settings.rounds {
                for (index, server) in servers.enumerated() {
                    try play(number, server, folder: stage.folder, &outcomes[index])
                }
            }
            return table(servers, outcomes)
        }
    }

    private func play(_ number: Int, _ server: Server, folder: URL, _ outcome: inout Outcome) throws {
        let alone = try measure(server, for: settings.seconds)
        outcome.alone.append(alone)
        Progress.tell("  round \(number)  \(server.name) alone: \(Self.text(alone))")

        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "dribblers")
        let crowd = try Child(program, ["\(server.port)", "\(Self.dribblers)"], in: folder)
        defer { crowd.stop() }
        Thread.sleep(forTimeInterval: Self.settling)
        let dribbled = try measure(server, for: settings.seconds)
        try crowd.checkRunning()
        outcome.dribbled.append(dribbled)
        Progress.tell("  round \(number)  \(server.name) with \(Self.dribblers) dribbling: \(Self.text(dribbled))")
    }

    private func measure(_ server: Server, for seconds: Int) throws -> Latencies {
        let clients = try PacedClients(
            count: Self.clients,
            perSecond: Self.requestsPerSecond,
            port: server.port,
            asking: .links.gzipped
        )
        return try clients.run(for: .seconds(seconds))
    }

    private static func text(_ latencies: Latencies) -> String {
        "median \(latencies.microseconds(at: 0.5).text(0)) µs, p99 \(latencies.microseconds(at: 0.99).text(0)) µs "
            + "of \(latencies.count) requests"
    }

    private func table(_ servers: [Server], _ outcomes: [Outcome]) -> String {
        var table = MarkdownTable(
            "\(Self.dribblers) clients of one byte a second",
            "alone, median µs",
            "with them, median µs",
            "alone, p99 µs",
            "with them, p99 µs",
            "ratio of p99",
            "goal"
        )
        for (server, outcome) in zip(servers, outcomes) {
            func median(_ rounds: [Latencies], at share: Double) -> Double {
                rounds.map { $0.microseconds(at: share) }.median
            }
            table.add(
                server.name,
                median(outcome.alone, at: 0.5).text(0),
                median(outcome.dribbled, at: 0.5).text(0),
                median(outcome.alone, at: 0.99).text(0),
                median(outcome.dribbled, at: 0.99).text(0),
                (median(outcome.dribbled, at: 0.99) / median(outcome.alone, at: 0.99)).text(2),
                server.name == "linkwatch" ? "≤ \(Self.goal)" : ""
            )
        }
        return "\(table)"
    }
}
