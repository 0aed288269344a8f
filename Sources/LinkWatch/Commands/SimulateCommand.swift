import ArgumentParser
import ConfluentSimulator
import HTTPServing
import ServiceLifecycle

/// `linkwatch simulate`: the simulator of Confluent's Kafka REST alone.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Simulates Confluent's Kafka REST for cluster links, with faults on request."
    )

    @Option(help: "The address to listen on: host:port, unix:/path or systemd.")
    var listen = "127.0.0.1:8090"

    @Option(help: "How many clusters there are.")
    var clusters = 6

    @Option(help: "How many links each cluster lists.")
    var links = 8

    @Option(help: "The same seed gives the same fleet and the same events.")
    var seed: UInt64 = 1

    @Flag(help: "Let errors come and go, as in the demo.")
    var lively = false

    @OptionGroup var logging: LoggingOptions

    func validate() throws {
        guard (1...10_000).contains(clusters) else { throw ValidationError("--clusters takes 1 to 10000") }
        guard (0...10_000).contains(links) else { throw ValidationError("--links takes 0 to 10000") }
    }

    func run() async throws {
        let logger = logging.makeLogger("linkwatch.simulator")
        do {
            let simulator = try ConfluentSimulator(
                seed: seed,
                clusters: clusters,
                links: links,
                listen: [try ListenAddress(parsing: listen)],
                isLively: lively,
                logger: logger
            )
            let service = SimulatorService(simulator: simulator) { [clusters] address in
                Terminal.say(
                    "simulating \(clusters) clusters at \(address)/kafka/v3; \(address)/control/v1 tells what can be done"
                )
            }
            try await ServiceGroup.runUntilSignalled([service], logger: logger)
        } catch {
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }
}

/// The simulator as a part of a process that stops gracefully.
struct SimulatorService: Service {
    let simulator: ConfluentSimulator
    /// Called with each address, once a signal ends the process gracefully.
    var tell: (@Sendable (String) -> Void)?

    func run() async throws {
        if let tell { for address in try simulator.start() { tell(address) } }
        try await cancelWhenGracefulShutdown { try await simulator.run() }
    }
}
