import ArgumentParser
import ConfluentSimulator
import Foundation
import HTTPServing
import Logging
import ServiceLifecycle

/// `linkwatch demo`: the simulator with a lively fleet and the service that polls it, in a temporary folder.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs the service on a simulated fleet: no account, no configuration."
    )

    @Option(help: "The port of the service; 0 lets the system choose.")
    var port: UInt16 = 8080

    @Option(help: "How many clusters are simulated.")
    var clusters = 6

    @Option(help: "How many links each cluster lists.")
    var links = 6

    @Option(help: "The same seed gives the same play.")
    var seed: UInt64 = 1

    @OptionGroup var logging: LoggingOptions

    func validate() throws {
        guard (1...1000).contains(clusters) else { throw ValidationError("--clusters takes 1 to 1000") }
        guard (1...1000).contains(links) else { throw ValidationError("--links takes 1 to 1000") }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-demo-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // What is left behind lies in the system's folder for such things.
            defer { try? FileManager.default.removeItem(at: folder) }
            try await run(in: folder, logger: logging.makeLogger())
        } catch {
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }

    private func run(in folder: URL, logger: Logger) async throws {
        let fleet = SimulatedFleet.make(seed: seed, clusters: clusters, links: links, condition: .healthy)
        let simulator = try ConfluentSimulator(
            fleet: fleet,
            script: LivelyFleet(seed: seed, fleet: fleet).script,
            logger: logger
        )
        guard let upstream = try simulator.start().first else {
            throw ValidationError("the simulator listens on no address that can be asked")
        }
        let service = try LinkWatchService(
            configuration: try configuration(for: fleet, at: upstream, in: folder),
            configurationPath: nil,
            logger: logger
        )
        try await ServiceGroup.runUntilSignalled(
            [SimulatorService(simulator: simulator), WelcomedService(service: service)],
            logger: logger
        )
    }

    /// The pace that the play was written for.
    private func configuration(for fleet: SimulatedFleet, at upstream: String, in folder: URL) throws -> Configuration {
        var configuration = Configuration()
        configuration.listen = [.ip(host: "127.0.0.1", port: port)]
        configuration.database = folder.appending(path: "linkwatch.db").path
        configuration.clusters = try fleet.clusterIDs.enumerated().map { index, id in
            let address = try Configuration.WebAddress(parsing: upstream + "/kafka/v3", parts: .path)
            var cluster = Configuration.Cluster(id: id, name: "demo-\(index + 1)", endpoint: address)
            cluster.labels = ["env": index.isMultiple(of: 3) ? "dev" : "prod"]
            cluster.poll.interval = .seconds(2)
            cluster.poll.timeout = .seconds(2)
            cluster.poll.staleAfter = .seconds(6)
            cluster.poll.backoffMax = .seconds(4)
            cluster.poll.tasksInterval = .seconds(4)
            return cluster
        }
        return configuration
    }

}

/// The service with a word about where it is to be found.
private struct WelcomedService: Service {
    let service: LinkWatchService

    func run() async throws {
        for address in try await service.start() { Terminal.say(Self.welcome(at: "\(address)")) }
        try await service.run()
    }

    private static func welcome(at address: String) -> String {
        """
        linkwatch watches a simulated fleet. Open http://\(address)/

          curl http://\(address)/api/v1/links?health=error
          curl http://\(address)/metrics

        Control-C ends it.
        """
    }
}
