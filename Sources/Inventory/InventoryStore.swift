import Alerting
package import ClusterLinks
import GRDB
package import Logging
import Outages

/// The inventory of the fleet: takes observations in, stores what changed, and serves the present from memory.
///
/// Isolated to a serial queue of its own, where SQLite may block. A change is durable before it is published; sightings
/// without change are stored at most a second later. While the database fails, the present goes on being published and
/// the writes wait.
package actor InventoryStore {
    /// The present, readable without waiting.
    package nonisolated let fleet: Fleet
    /// The alerts of the present, and what Alertmanagers are to be told of them.
    package nonisolated let alerts = AlertBoard()
    /// The past, read from the database.
    package nonisolated let history: History
    package nonisolated let database: InventoryDatabase

    private let executor = SerialQueueExecutor(label: "linkwatch.inventory")
    let time: any TimeSource
    let logger: Logger
    var clusters: [ClusterID: ClusterState]
    /// The last change that was numbered; while the database fails, later than the last that is stored.
    var sequence: Int64
    private var storedSequence: Int64
    private var publishedSequence: Int64
    var nextClusterKey: Int64
    var nextLinkKey: Int64
    var backlog: WriteBacklog
    var desk: AlertDesk
    /// The clusters whose alerts are others than those that are shown.
    var alertNews: Set<ClusterID> = []
    /// Set while a sweep looks for documents and texts that nothing refers to.
    var keysInUse: KeysInUse?
    private var refusals = Outage()
    /// Of looking up what was listed before.
    var lookups = Outage()
    private var isCommitComing = false
    private var waitingForCommit: [CheckedContinuation<Void, Never>] = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Takes up everything the database knows.
    /// - Parameter backlogLimit: how many writes wait as they are while the database fails; what comes after is folded, so
    ///   that of each link only its latest versions remain.
    ///   - flappingWindow: the longest that the configuration has: how far back alerts are read that resolved.
    /// - Throws: an error of SQLite's where stored rows cannot be read.
    package init(
        database: InventoryDatabase,
        time: any TimeSource,
        logger: Logger,
        backlogLimit: Int = 200_000,
        flappingWindow: Duration = .seconds(3600)
    ) throws {
        backlog = WriteBacklog(limit: backlogLimit)
        self.database = database
        self.time = time
        self.logger = logger
        history = History(pool: database.pool)
        fleet = Fleet()
        let now = time.now()
        let (stored, alerts) = try database.pool.read { db in
            (
                try StoredFleet(db),
                try StoredAlerts(
                    db,
                    recently: now.advanced(by: .zero - flappingWindow),
                    resending: now.advanced(by: .zero - NotificationPolicy().resolvedResending),
                    now: now
                )
            )
        }
        clusters = stored.clusters
        desk = AlertDesk(alerts)
        for (id, state) in stored.clusters { state.takeUp(alerts, of: id) }
        sequence = stored.sequence
        (storedSequence, publishedSequence) = (stored.sequence, stored.sequence)
        nextClusterKey = stored.nextClusterKey
        nextLinkKey = stored.nextLinkKey
        for (id, tally) in stored.tallies { fleet.restore(tally, of: id) }
        fleet.publish(stored.clusters.values.map(\.view), polls: [], sequence: sequence, at: now)
        self.alerts.show(stored.clusters.map { ($0.key, $0.value.alerts.alerts) }, desk)
    }

    /// Returns once the inventory's queue has had time for it: never, where it hangs.
    package func takeTurn() {}

    /// Stores what waits and closes the database; afterwards nothing may be recorded.
    package func close() throws {
        if isAnythingWaiting { flush() }
        if isAnythingWaiting {
            logger.critical(
                "the database refused to the last what it was to store; that is lost",
                metadata: ["database.writes": "\(backlog.count + desk.backlog.count)"]
            )
        }
        try database.close()
    }

    /// Stores the sightings of the last second, tries again what the database refused, and finds out whom to tell of what is
    /// due by now though nothing was observed, such as reminders.
    package func storeSightings() {
        let wasRefused = backlog.isRefused
        if isAnythingWaiting { flush() }
        let now = time.now()
        // What was not decided while the database failed is decided now.
        guard wasRefused || desk.isDue(at: now) || backlog.isRefused else { return }
        if backlog.isRefused { return publish() }
        decide(at: now)
        if isAnythingWaiting { flush() } else { publish() }
    }

    private var isAnythingWaiting: Bool { !backlog.isEmpty || !desk.backlog.isEmpty }

    /// Takes in a write, in the order in which writes are to be carried out.
    func append(_ write: InventoryWrite) { backlog.append(write, sequence: &sequence) }

    /// Returns when everything recorded so far is stored, or the attempt has failed and is told by `fleet.durability`.
    ///
    /// Whoever asks first lets the calls that wait for the actor go before it, so that they share one transaction. While
    /// the database fails only `storeSightings` tries it again, so that a poll does not wait for what cannot be done.
    func commit() async {
        guard !backlog.isRefused else {
            publish()
            return
        }
        guard !isCommitComing else {
            await withCheckedContinuation { waitingForCommit.append($0) }
            return
        }
        isCommitComing = true
        await Task.yield()
        isCommitComing = false
        flush()
        let waiting = waitingForCommit
        waitingForCommit = []
        for continuation in waiting { continuation.resume() }
    }

    private func flush() {
        var durability = fleet.durability
        var last = sequence
        let writes = backlog.writes(numberedAfter: &last)
        do {
            try database.pool.write { db in
                let writer = InventoryWriter(db: db, inUse: keysInUse)
                for write in writes { try writer.perform(write) }
                try writer.perform(desk.backlog)
                try writer.finish()
            }
            tell(refusals.succeeded(at: .milliseconds(time.now().milliseconds)))
            durability.lastError = nil
            (sequence, storedSequence) = (last, last)
            backlog.removeWrites()
            for state in clusters.values where !state.departed.isEmpty { state.departed = [:] }
        } catch {
            tell(refusals.failed(DatabaseRemedy.reason(of: error), at: .milliseconds(time.now().milliseconds)), error)
            durability.lastError = "\(error)"
            durability.errors += 1
            backlog.isRefused = true
        }
        fleet.set(durability)
        publish()
    }

    private func tell(_ news: Outage.News?, _ error: (any Error)? = nil) {
        switch news {
        case .fails(let failures, let lasted)?:
            logger.error(
                "database refuses writes; they wait",
                metadata: [
                    "database.error": error.map { "\($0)" },
                    "database.remedy": error.map { "\(DatabaseRemedy.text(for: $0, path: database.path))" },
                    "outage.failures": "\(failures)", "outage.seconds": "\(lasted / .seconds(1))",
                ].compactMapValues(\.self)
            )
        case .recovered(let failures, let lasted)?:
            logger.notice(
                "database is writing again",
                metadata: ["outage.failures": "\(failures)", "outage.seconds": "\(lasted / .seconds(1))"]
            )
        case nil: break
        }
    }

    /// Shows what was recorded, and what of it waits for the database.
    private func publish() {
        var durability = fleet.durability
        durability.waiting = durability.isDurable ? 0 : backlog.count + desk.backlog.count
        durability.lost = backlog.lost + desk.backlog.lost
        fleet.set(durability)
        let (views, polls) = backlog.takeNews()
        // What was shown while it waited is shown again once it is stored, as only now the feed has it.
        if !views.isEmpty || publishedSequence != storedSequence {
            fleet.publish(views, polls: polls, sequence: storedSequence, at: time.now())
            publishedSequence = storedSequence
        }
        publishAlerts(areStored: durability.isDurable)
    }

    /// Shows what the alerts are, and lets go what was to be sent: of what is not stored nobody is told.
    private func publishAlerts(areStored: Bool) {
        if !alertNews.isEmpty { showAlerts(of: alertNews) }
        alertNews = []
        let now = time.now()
        let hasNotifications = !desk.backlog.notifications.isEmpty
        let posts = areStored ? desk.stored() : desk.refused(at: now)
        if !posts.isEmpty || areStored && hasNotifications { alerts.send(posts, at: now) }
    }
}
