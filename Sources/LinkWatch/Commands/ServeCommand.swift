import ArgumentParser
import Logging
import ServiceLifecycle
import UnixSignals

/// `linkwatch serve`: the service.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Polls the configured clusters and serves what they say."
    )

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var logging: LoggingOptions

    func run() async throws {
        let settings = try configuration.load()
        let logger = logging.makeLogger()
        do {
            let service = try LinkWatchService(
                configuration: settings,
                configurationPath: configuration.path,
                logger: logger
            )
            try await service.start()
            try await service.runUntilSignalled(logger: logger)
        } catch {
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }
}

extension LinkWatchService {
    /// Runs until SIGTERM or SIGINT, which stop it gracefully.
    func runUntilSignalled(beside services: [any Service] = [], logger: Logger) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services + [self],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }
}
