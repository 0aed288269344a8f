import Logging
import ServiceLifecycle

/// The service as its manager sees it: it says when it is ready, that it lives, and that it stops.
struct SupervisedService: Service {
    let service: LinkWatchService
    let manager: ServiceManager
    let logger: Logger

    /// How often the line of the status is renewed where no sign of life is waited for.
    private static let renewal = Duration.seconds(10)

    func run() async throws {
        try await service.start()
        manager.tell(.ready(status: service.summary))
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if manager.isThere { group.addTask { await cancelWhenGracefulShutdown { await heartbeat.run() } } }
                try await service.run()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            manager.tell(.stopping)
        }
    }

    private var heartbeat: Heartbeat {
        Heartbeat(
            parts: service.vitalParts,
            // sd_watchdog_enabled(3) recommends half the time.
            interval: manager.patience.map { $0 / 2 } ?? Self.renewal,
            logger: logger,
            clock: ContinuousClock()
        ) { manager.tell(.alive(status: service.summary)) }
    }
}
