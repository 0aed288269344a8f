import ClusterLinks
import HTTPServing
import Inventory
import InventoryAPI
import Locking
import Notifying

/// What the running service tells of itself.
final class LiveFacts: ServiceFacts {
    let version = Version.text
    let revision = Version.revision
    let startedAt: Instant
    let counter = RequestCounter()
    private let deliveries: DeliveryTally
    private let inventoryDatabase: InventoryDatabase
    private let databaseFacts: DatabaseFacts
    private let time: SystemTime
    private let processStart: Double
    private let state: Locked<State>

    private struct State {
        var isReady = false
        var configuration: ConfigurationFacts
        /// Set once the server exists, which is made with what asks for these facts.
        var server: HTTPServer?
    }

    init(
        database: InventoryDatabase,
        time: SystemTime,
        deliveries: DeliveryTally,
        configuration: Configuration,
        path: String?
    ) throws {
        self.deliveries = deliveries
        let now = time.now()
        inventoryDatabase = database
        databaseFacts = try database.facts()
        self.time = time
        startedAt = now
        processStart = Double(now.milliseconds) / 1000
        state = Locked(
            State(
                configuration: ConfigurationFacts(
                    path: path,
                    checksum: configuration.checksum.isEmpty ? nil : configuration.checksum,
                    loadedAt: now
                )
            )
        )
    }

    var isReady: Bool { state.withLock(\.isReady) }

    var configuration: ConfigurationFacts { state.withLock(\.configuration) }

    var database: DatabaseStatus {
        let sizes = inventoryDatabase.sizes()
        return DatabaseStatus(
            path: inventoryDatabase.path,
            size: sizes.database,
            logSize: sizes.log,
            synchronous: databaseFacts.synchronous,
            journalMode: databaseFacts.journalMode,
            sqliteVersion: databaseFacts.sqliteVersion
        )
    }

    var connections: Int { state.withLock(\.server)?.connections ?? 0 }

    var clockOffset: Duration { time.offset }

    var requests: [RequestCount] { counter.counts }

    var requestDurations: [RequestDurations] { counter.durations }

    var notifications: [NotificationCounts] {
        deliveries.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { integration, counts in
            NotificationCounts(
                integration: integration.rawValue,
                delivered: counts.delivered,
                failures: Dictionary(counts.failed.map { ($0.key.rawValue, $0.value) }) { $1 },
                dropped: Dictionary(counts.dropped.map { ($0.key.rawValue, $0.value) }) { $1 }
            )
        }
    }

    var process: ProcessFacts { .current(startedAt: processStart) }

    func attach(_ server: HTTPServer) { state.withLock { $0.server = server } }

    /// Lets go of the server, which holds these facts: two that hold each other would outlive the service.
    func detachServer() { state.withLock { $0.server = nil } }

    /// Notes that a configuration was taken up anew.
    func reloaded(checksum: String, awaitingRestart: [String]) {
        let now = time.now()
        state.withLock { state in
            state.configuration = ConfigurationFacts(
                path: state.configuration.path,
                checksum: checksum,
                loadedAt: now,
                awaitingRestart: awaitingRestart
            )
        }
    }

    /// Notes that the file was refused; what is in force stays told.
    func refusedReload(problems: [String]) {
        state.withLock { state in
            let facts = state.configuration
            state.configuration = ConfigurationFacts(
                path: facts.path,
                checksum: facts.checksum,
                loadedAt: facts.loadedAt,
                reloadProblems: problems,
                awaitingRestart: facts.awaitingRestart
            )
        }
    }

    func set(isReady: Bool) { state.withLock { $0.isReady = isReady } }
}
