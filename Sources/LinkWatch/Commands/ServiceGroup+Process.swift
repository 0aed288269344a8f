import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

extension ServiceGroup {
    /// Runs services until SIGTERM or SIGINT, which stop them gracefully, the last first; a second one ends the process at once.
    ///
    /// From here on a log that nobody reads any more, such as a closed pipe, ends nothing.
    static func runUntilSignalled(_ services: [any Service], logger: Logger) async throws {
        signal(SIGPIPE, SIG_IGN)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        defer { LogSink.standardError.finish() }
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingDiscardingTaskGroup { tasks in
            tasks.addTask { await endAtSecond(of: signals, logger) }
            try await group.run()
            tasks.cancelAll()
        }
    }

    /// Whoever asks twice does not want to wait: what is not stored by then is lost, and the database is whole all the same.
    private static func endAtSecond(of signals: UnixSignalsSequence, _ logger: Logger) async {
        var isAsked = false
        for await signal in signals {
            if isAsked { _exit(128 + (signal == .sigint ? SIGINT : SIGTERM)) }
            isAsked = true
            logger.notice("stopping", metadata: ["process.signal": "\(signal == .sigint ? "SIGINT" : "SIGTERM")"])
        }
    }
}
