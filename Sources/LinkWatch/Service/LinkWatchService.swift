import Alerting
package import ClusterLinks
import CurlHTTP
import Dashboard
package import HTTPServing
package import Inventory
package import InventoryAPI
import Locking
package import Logging
import Polling
package import Querying
import ServiceLifecycle

/// The whole service: polls the configured clusters, keeps what they say, and answers over HTTP.
///
/// The parts are made from below upwards: database, time, inventory, poller, server. The server answers first, so that an
/// address in use ends the start; it also answers for a moment after the poller has stopped, and says 503 to whoever then
/// wants a poll. The inventory is closed last, when nothing can be recorded any more.
package final class LinkWatchService: Service {
    package let inventory: InventoryStore
    package let time: SystemTime
    private let live: LiveConfiguration
    let curl: CurlClient
    let poller: Poller<FleetSource>
    private let forwarder: Forwarder
    private let interface: InventoryAPI
    let server: HTTPServer
    let facts: LiveFacts
    private let queries: QueryPool
    private let serving: LiveServing
    private let retention: Retention
    private let notifier: Notifier
    private let accessLog: AccessLog
    private let accessWatch: AccessWatch
    private let logger: Logger
    private let hasStarted = Locked(false)

    /// Opens the database and puts the parts together; nothing is polled or served yet.
    ///
    /// - Parameters:
    ///   - configurationPath: where the configuration was read; nil where it was made.
    ///   - manager: who is told of reloads.
    ///   - queries: who answers statements in SQL; nil for processes of this executable.
    /// - Throws: `InventoryError`, `RouterError`, or an error of SQLite's.
    package init(
        configuration: Configuration,
        configurationPath: String?,
        logger: Logger,
        manager: ServiceManager = .none,
        queries: QueryPool? = nil
    ) throws {
        self.logger = logger
        let database = try InventoryDatabase(path: configuration.database)
        if let doubt = database.fileSystem.doubt {
            logger.warning(
                "database lies on a file system of another machine or a program, where SQLite's locks may not hold; move it to a disk of this machine",
                metadata: ["database.path": "\(database.path)", "database.file_system": "\(doubt)"]
            )
        }
        let time = SystemTime(notBefore: try database.lastInstant())
        self.time = time
        inventory = try InventoryStore(
            database: database,
            time: time,
            logger: logger,
            flappingWindow: configuration.alerts.policy.flapping.window
        )
        retention = Retention(
            inventory: inventory,
            policy: configuration.retentionPolicy,
            time: time,
            logger: logger
        )
        curl = CurlClient(
            userAgent: "linkwatch/\(Version.text)",
            maximumConnections: configuration.connectionsKept
        )
        notifier = Notifier(inventory: inventory, curl: curl, time: time, logger: logger)
        let source = FleetSource(log: PollLog(logger: logger), time: time)
        poller = Poller(source: source, concurrency: configuration.poll.concurrency)
        serving = LiveServing(configuration, logger: logger)
        facts = try LiveFacts(
            database: database,
            time: time,
            deliveries: notifier.tally,
            configuration: configuration,
            path: configurationPath
        )
        let live = LiveConfiguration(
            configuration,
            path: configurationPath,
            parts: LiveConfiguration.Parts(
                inventory: inventory,
                source: source,
                poller: poller,
                curl: curl,
                time: time,
                facts: facts,
                notifier: notifier,
                manager: manager,
                retention: retention,
                serving: serving
            ),
            logger: logger
        )
        self.live = live
        forwarder = Forwarder(source: source, poller: poller, inventory: inventory, time: time, logger: logger)
        let queries = queries ?? .suggesting()
        self.queries = queries
        interface = InventoryAPI(
            inventory: inventory,
            time: time,
            polls: FleetPolls(poller: poller),
            upstream: forwarder,
            service: facts,
            policy: live.policy,
            reloading: live,
            queries: FleetQueries(pool: queries, inventory: inventory, time: time)
        )
        accessWatch = AccessWatch(attempts: interface.attempts, policy: { live.policy }, time: time, logger: logger)
        let router = try interface.makeRouter(pages: Dashboard.routes)
        let counter = facts.counter
        let accessLog = AccessLog(logger: logger)
        self.accessLog = accessLog
        server = HTTPServer(
            configuration: configuration.serverConfiguration,
            router: router,
            observer: { [serving] exchange in
                counter.add(exchange)
                if serving.logsRequests { accessLog.add(exchange) }
            },
            logger: logger
        )
        facts.attach(server)
        serving.attach(server)
    }

    /// Binds the addresses and takes up the clusters; the service answers when this returns, and `run()` is to follow.
    /// - Throws: `HTTPServerError`, which names the address; then the database is closed again.
    @discardableResult
    package func start() async throws -> [BoundAddress] {
        hasStarted.withLock { $0 = true }
        let addresses: [BoundAddress]
        do {
            addresses = try server.start()
            try await live.begin(isReachableByOthers: addresses.contains { !$0.isLoopback })
        } catch {
            await close()
            throw error
        }
        facts.set(isReady: true)
        for address in addresses { logger.notice("listening", metadata: ["http.address": "\(address)"]) }
        return addresses
    }

    /// Starts if that was not done, and lives until a graceful shutdown or its task's cancellation; then stops from above
    /// downwards.
    package func run() async throws {
        if !hasStarted.withLock(\.self) { try await start() }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.poller.run() }
                // What it has begun is known, or known to be unknown, before the server stops.
                group.addTask { await self.forwarder.run() }
                group.addTask { await self.storeSightings() }
                group.addTask { await self.accessWatch.run() }
                group.addTask { await self.retention.run() }
                group.addTask { await self.notifier.run() }
                // It ends before the server does, so that whoever waits for changes has an answer.
                group.addTask { await self.interface.run() }
            }
        }
        await close()
        logger.notice("stopped")
    }

    private func close() async {
        facts.set(isReady: false)
        // What reads the configuration now takes it up whole; nothing does after this.
        await live.stop()
        // Their answers are told that the service stops while there is still a server to tell it.
        await queries.stop()
        await server.stop(deadline: .seconds(1))
        await accessLog.finish(within: .seconds(1))
        facts.detachServer()
        serving.detachServer()
        await curl.shutdown()
        do {
            try await inventory.close()
        } catch {
            logger.error("database cannot be closed in order", metadata: ["database.error": "\(error)"])
        }
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

    /// Reads the configuration's file again.
    ///
    /// What came of it stands in the log, the metrics, the status and the audit too.
    /// - Parameter actor: who asked for it, as the audit names them.
    @discardableResult
    package func reload(askedBy actor: String = "SIGHUP") async throws(ReloadRefusal) -> ReloadReport {
        let at = time.now()
        let result: Result<ReloadReport, ReloadRefusal>
        do throws(ReloadRefusal) {
            result = .success(try await live.reload())
        } catch {
            result = .failure(error)
        }
        let path = facts.configuration.path
        await inventory.note(AuditEntry.reload(result, of: path, by: actor, from: nil, at: at))
        return try result.get()
    }

    /// Polls one cluster now, for whoever runs the service in the same process.
    package func pollNow(_ cluster: ClusterID) async throws -> RecordedPoll {
        try await FleetPolls(poller: poller).pollNow(cluster)
    }
}
