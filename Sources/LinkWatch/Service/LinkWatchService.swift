package import ClusterLinks
import CurlHTTP
package import HTTPServing
package import Inventory
import InventoryAPI
package import Logging
import Polling
import ServiceLifecycle

/// The whole service: polls the configured clusters, keeps what they say, and answers over HTTP.
///
/// It starts from below upwards – database, time, inventory, poller, server – and stops the other way round, so that
/// nothing is asked of a part that has stopped.
package final class LinkWatchService: Service {
    package let inventory: InventoryStore
    package let time: SystemTime
    private let configuration: Configuration
    private let curl: CurlClient
    private let source: FleetSource
    private let poller: Poller<FleetSource>
    private let server: HTTPServer
    private let facts: LiveFacts
    private let logger: Logger

    /// Opens the database and puts the parts together; nothing is polled or served yet.
    ///
    /// - Parameter configurationPath: where the configuration was read; nil where it was made.
    /// - Throws: `InventoryError`, `RouterError`, or an error of SQLite's.
    package init(configuration: Configuration, configurationPath: String?, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        let database = try InventoryDatabase(path: configuration.database)
        let time = SystemTime(notBefore: try database.lastInstant())
        self.time = time
        inventory = try InventoryStore(database: database, time: time, logger: logger)
        curl = CurlClient(
            userAgent: "linkwatch/\(Version.text)",
            maximumConnections: max(configuration.clusters.count, 4)
        )
        source = FleetSource(log: PollLog(logger: logger))
        poller = Poller(source: source, concurrency: configuration.poll.concurrency)
        facts = try LiveFacts(database: database, time: time, configuration: configuration, path: configurationPath)
        let interface = InventoryAPI(
            fleet: inventory.fleet,
            history: inventory.history,
            time: time,
            polls: FleetPolls(poller: poller),
            service: facts,
            policy: configuration.accessPolicy
        )
        let (router, gate) = try interface.makeRouter()
        let counter = facts.counter
        server = HTTPServer(
            configuration: try configuration.serverConfiguration(),
            router: router,
            gate: gate,
            observer: { counter.add($0) },
            logger: logger
        )
        facts.attach(server)
    }

    /// Binds the addresses and takes up the clusters; the service answers when this returns.
    /// - Throws: `HTTPServerError`, which names the address.
    @discardableResult
    package func start() async throws -> [BoundAddress] {
        let addresses = try server.start()
        await inventory.configure(configuration.clusters.map(\.description))
        source.replace(
            try configuration.clusters.map { try $0.source(over: curl, into: inventory, time: time) }
        )
        await poller.update(targets: configuration.clusters.map(\.target))
        facts.set(isReady: true)
        for address in addresses { logger.notice("listening", metadata: ["http.address": "\(address)"]) }
        return addresses
    }

    /// Lives until a graceful shutdown or its task's cancellation, then stops from above downwards.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.poller.run() }
                group.addTask { await self.storeSightings() }
            }
        }
        facts.set(isReady: false)
        await server.stop(deadline: .seconds(2))
        await curl.shutdown()
        try await inventory.close()
        logger.notice("stopped")
    }

    /// Stores sightings every second, and tells when the wall clock has left service time behind.
    private func storeSightings() async {
        var wasFar = false
        while !Task.isCancelled {
            // Sleeping ends early only with the service itself.
            try? await ContinuousClock().sleep(for: .seconds(1))
            await inventory.storeSightings()
            let offset = time.offset
            let isFar = abs(offset.seconds) > 10
            if isFar, !wasFar {
                logger.warning(
                    "wall clock differs from service time, which follows it slowly",
                    metadata: ["clock.offset_seconds": "\(offset.seconds)"]
                )
            }
            wasFar = isFar
        }
    }

    /// Polls one cluster now, for whoever runs the service in the same process.
    package func pollNow(_ cluster: ClusterID) async throws -> RecordedPoll {
        try await FleetPolls(poller: poller).pollNow(cluster)
    }
}
