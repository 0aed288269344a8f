import Foundation
import LoopbackLoad
import Measuring

/// Ten thousand connections that have asked once and stay: what each takes of the server's memory, and what they take from those that
/// go on asking.
struct IdleBenchmark {
    static let crowd = 10_000
    /// Bytes of the process's own for each connection.
    static let goal = 2048

    let settings: Settings

    /// What came of one server.
    private struct Outcome {
        var alone: [Round] = []
        var crowded: [Round] = []
        let bytesPerConnection: Double

        func ratio(_ value: (Round) -> Double) -> Double { crowded.map(value).median / alone.map(value).median }
    }

    func run() throws -> String {
        try Stage.with(settings) { stage in
            let servers = [stage.linkwatch, stage.nginx]
            var outcomes = try servers.map { Outcome(bytesPerConnection: try weigh($0)) }
            for server in servers { _ = try server.round(asking: .links, seconds: 1) }
            for number in 1...settings.rounds {
                for (index, server) in servers.enumerated() {
                    try play(number, server, &outcomes[index])
                }
            }
            return table(servers, outcomes)
        }
    }

    /// Weighs the first crowd of a server that was hardly asked before: a later one would find room that others have left.
    private func weigh(_ server: Server) throws -> Double {
        for _ in 1...10 { _ = try server.answer(to: .links) }
        let before = try server.privateMemory()
        let crowd = try IdleCrowd(count: Self.crowd, port: server.port, asking: .links)
        Self.settle()
        let growth = try server.privateMemory() - before
        try crowd.checkOpen()
        Progress.tell("  \(server.name): \(before / 1024) KiB, and \(growth / 1024) KiB more with \(Self.crowd) idle")
        return Double(growth) / Double(Self.crowd)
    }

    private func play(_ number: Int, _ server: Server, _ outcome: inout Outcome) throws {
        let alone = try server.round(asking: .links, seconds: settings.seconds)
        outcome.alone.append(alone)
        Progress.tell("  round \(number)  \(server.name) alone: \(alone.text)")

        let crowd = try IdleCrowd(count: Self.crowd, port: server.port, asking: .links)
        Self.settle()
        let crowded = try server.round(asking: .links, seconds: settings.seconds)
        try crowd.checkOpen()
        outcome.crowded.append(crowded)
        Progress.tell("  round \(number)  \(server.name) with \(Self.crowd) idle: \(crowded.text)")
    }

    /// Lets a server give back what an idle connection needs no more.
    private static func settle() { Thread.sleep(forTimeInterval: 2) }

    private func table(_ servers: [Server], _ outcomes: [Outcome]) -> String {
        var table = MarkdownTable(
            "\(Self.crowd) idle connections",
            "memory per connection, bytes",
            "goal",
            "alone, µs/request",
            "with them, µs/request",
            "ratio",
            "alone, requests/s",
            "with them, requests/s",
            "ratio"
        )
        for (server, outcome) in zip(servers, outcomes) {
            table.add(
                server.name,
                outcome.bytesPerConnection.text(0),
                server.name == "linkwatch" ? "≤ \(Self.goal)" : "",
                outcome.alone.map(\.microsecondsPerRequest).median.text(2),
                outcome.crowded.map(\.microsecondsPerRequest).median.text(2),
                outcome.ratio(\.microsecondsPerRequest).text(2),
                outcome.alone.map(\.requestsPerSecond).median.text(0),
                outcome.crowded.map(\.requestsPerSecond).median.text(0),
                outcome.ratio(\.requestsPerSecond).text(2)
            )
        }
        return "\(table)"
    }
}
