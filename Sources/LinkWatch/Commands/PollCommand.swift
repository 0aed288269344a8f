import ArgumentParser
import ClusterLinks
import CurlHTTP
import KafkaREST

/// `linkwatch poll`: asks every configured cluster once and prints what it says; keeps nothing.
struct PollCommand: AsyncParsableCommand {
    enum Output: String, CaseIterable, ExpressibleByArgument { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Asks every cluster once and prints its links; exit status 2 if a cluster failed."
    )

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "table or json.")
    var output = Output.table

    func run() async throws {
        let settings = try configuration.load()
        let curl = CurlClient(userAgent: "linkwatch/\(Version.text)", maximumConnections: settings.clusters.count)
        let sweep: Sweep
        do {
            sweep = try await Sweep.run(over: settings, curl: curl)
        } catch {
            await curl.shutdown()
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
        await curl.shutdown()
        try await Session.told { try Terminal.deliver((output == .table ? sweep.table : sweep.json) + "\n") }
        for failure in sweep.failures { Terminal.complain(failure) }
        if !sweep.failures.isEmpty { throw ExitCode(2) }
    }
}
