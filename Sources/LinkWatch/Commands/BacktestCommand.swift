import Alerting
import ArgumentParser
import ClusterLinks
import Foundation
import Inventory

/// `linkwatch backtest`: what a configuration of alerts would have told people of the past, beside what they were told.
struct BacktestCommand: AsyncParsableCommand {
    enum Output: String, CaseIterable, ExpressibleByArgument { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract:
            "Replays the stored past through a configuration of alerts, and tells who would have been told of what.",
        discussion: """
            Prints every notification that the configuration would have sent, then how many there would have been, with what \
            flapped and what was over soon, beside what was sent. Reads the database and changes nothing, also while a service \
            runs on it, and a backup as well. Nobody is notified.

            An instant is RFC 3339 (2026-11-22T03:00:00Z), how long ago it was (7d, 12h), or now.
            """
    )

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: ArgumentHelp("Where the window begins.", valueName: "instant"))
    var from = PastInstant.ago(.seconds(7 * 86_400))

    @Option(help: ArgumentHelp("Where the window ends.", valueName: "instant"))
    var to = PastInstant.ago(.zero)

    @Option(help: "The database or a backup; the configuration's \"database\" where it is not given.")
    var database: String?

    @Option(help: ArgumentHelp("An incident that is over sooner counts as noise.", valueName: "duration"))
    var noiseBelow = LengthOfTime(.seconds(300))

    @Option(help: "How many notifications are listed at most; all are counted.")
    var limit = 1000

    @Option(help: "text or json.")
    var output = Output.text

    /// Hands of clocks differ by as much.
    private static let leeway = Duration.seconds(5)

    private static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    func validate() throws {
        if database?.isEmpty == true { throw ValidationError("--database takes the path of a file") }
        if limit < 0 { throw ValidationError("--limit is 0 or more") }
        _ = try window(at: Self.now)
    }

    /// - Throws: `ValidationError` for a window that is empty or lies ahead.
    func window(at now: Instant) throws -> Span {
        let window = Span(from: from.instant(before: now), to: to.instant(before: now))
        for (name, instant) in [("--from", window.from), ("--to", window.to)]
        where instant > now.advanced(by: Self.leeway) {
            throw ValidationError("\(name) \(instant) lies ahead: only what was can be replayed")
        }
        guard !window.isEmpty else {
            throw ValidationError("--from \(window.from) is not before --to \(window.to)")
        }
        return window
    }

    func run() async throws {
        let settings = try configuration.load()
        let window = try window(at: Self.now)
        let question = BacktestQuestion(
            settings.backtestProposal,
            window: window,
            noiseBelow: noiseBelow.duration,
            limit: limit
        )
        let progress = ProgressLine()
        do {
            let report = try await InventoryBacktest(of: database ?? settings.database).run(question) { instant in
                progress.show("replaying: \(instant) of \(window.to)")
            }
            progress.clear()
            let rendering = BacktestRendering(report: report, question: question)
            switch output {
            case .text: try Terminal.deliver(rendering.text(width: Terminal.width) + "\n")
            case .json: try Terminal.deliver(rendering.json + "\n")
            }
        } catch {
            progress.clear()
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }
}

extension Configuration {
    /// What of it alerts follow.
    var backtestProposal: BacktestProposal {
        BacktestProposal(
            clusters: Dictionary(
                clusters.map { cluster in
                    let proposed = BacktestProposal.Cluster(
                        rules: alertRules(of: cluster),
                        interval: cluster.poll.interval,
                        tasksInterval: cluster.poll.tasksInterval
                    )
                    return (cluster.clusterID, proposed)
                }
            ) { $1 },
            notifications: notificationPolicy,
            targets: notificationTargets
        )
    }
}
