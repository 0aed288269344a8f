import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

extension ServiceGroup {
    /// Runs services until SIGTERM or SIGINT, which stop them gracefully, the last first.
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
        try await group.run()
    }
}
