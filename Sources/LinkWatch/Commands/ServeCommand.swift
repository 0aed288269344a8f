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
        // Before anything else: until it is trapped, the signal ends the process.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let settings = try configuration.load()
        let logger = logging.makeLogger()
        OpenFileLimit.makeRoom(for: settings, logger)
        let manager = ServiceManager.ofThisProcess(logger: logger)
        do {
            let service = try LinkWatchService(
                configuration: settings,
                configurationPath: configuration.path,
                logger: logger,
                manager: manager
            )
            let supervised = SupervisedService(service: service, manager: manager, logger: logger)
            try await ServiceGroup.runUntilSignalled(
                [HangupReloads(hangups: hangups, service: service), supervised],
                logger: logger
            )
        } catch {
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }
}

/// Reloads the configuration at each SIGHUP, as daemons do.
private struct HangupReloads: Service {
    let hangups: UnixSignalsSequence
    let service: LinkWatchService

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Why a reload was refused is told by the log, the metrics and the status; there is nobody else to tell.
            for await _ in hangups { _ = try? await service.reload() }
        }
    }
}
