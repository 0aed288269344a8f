import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory
import InventoryAPI
import KafkaREST
import Logging
import Querying
import ServiceClient

/// The interface over a database that no service runs on, asked within this process: the same routes, the same words.
///
/// Time stands still at the last instant that the file tells of, so that what was known then is told and not that all is
/// unknown now. Nothing is polled, and nothing is written.
struct StoredService: Respondent {
    private let inventory: InventoryStore
    private let router: Router
    /// The last instant that the file tells of.
    let now: Instant

    /// - Throws: `InventoryFileError`.
    init(path: String) throws {
        let database = try InventoryDatabase(reading: path)
        now = try database.lastInstant() ?? Instant(milliseconds: 0)
        let time = StandingTime(instant: now)
        inventory = try InventoryStore(
            database: database,
            time: time,
            logger: Logger(label: "linkwatch") { _ in SwiftLogNoOpLogHandler() }
        )
        let interface = InventoryAPI(
            inventory: inventory,
            time: time,
            polls: NoPolls(),
            upstream: NoUpstream(),
            service: try StoredFacts(database: database, at: now),
            policy: AccessPolicy(),
            queries: FleetQueries(pool: .suggesting(), inventory: inventory, time: time)
        )
        router = try interface.makeRouter()
    }

    func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer {
        let answer = await router.respond(
            to: HTTPRequest.Method(request.method.rawValue) ?? .get,
            request.target,
            fields: request.method == .get ? [:] : [.contentType: "application/json"],
            body: request.body?.encoded ?? []
        )
        return ServiceAnswer(status: answer.status.code, body: answer.body)
    }

    /// Closes the file.
    /// - Throws: `InventoryFileError.written` where somebody wrote it meanwhile: what was told of it may not hold together.
    func close() async throws {
        try inventory.database.demandUnchanged()
        try await inventory.close()
    }
}

/// Time that does not pass.
private struct StandingTime: TimeSource {
    let instant: Instant

    func now() -> Instant { instant }
}

/// Nobody polls.
private struct NoPolls: PollControl {
    func pollNow(_ cluster: ClusterID) async throws(PollRefusal) -> RecordedPoll {
        throw .unavailable(reason: "no service runs on this file")
    }

    func nextPolls() async -> [ClusterID: Duration] { [:] }

    func pollsInFlight() async -> Int { 0 }
}

/// No cluster is asked either.
private struct NoUpstream: UpstreamControl {
    func read(_ request: ForwardedRequest, of cluster: ClusterID) async throws(ForwardRefusal) -> ForwardedAnswer {
        throw .unavailable
    }

    func write(
        _ request: ForwardedRequest,
        on cluster: ClusterID,
        by principal: Principal
    ) async throws(ForwardRefusal) -> ForwardedAnswer {
        throw .unavailable
    }
}

/// What there is to tell of a service that does not run.
private struct StoredFacts: ServiceFacts {
    let version = Version.text
    let revision = Version.revision
    let startedAt: Instant
    let isReady = false
    let configuration: ConfigurationFacts
    let database: DatabaseStatus
    let connections = 0
    let clockOffset = Duration.zero
    let requests: [RequestCount] = []
    let requestDurations: [RequestDurations] = []
    let notifications: [NotificationCounts] = []

    init(database: InventoryDatabase, at now: Instant) throws {
        startedAt = now
        configuration = ConfigurationFacts(path: nil, checksum: nil, loadedAt: now)
        let (facts, sizes) = (try database.facts(), database.sizes())
        self.database = DatabaseStatus(
            path: database.path,
            size: sizes.database,
            logSize: sizes.log,
            synchronous: facts.synchronous,
            journalMode: facts.journalMode,
            sqliteVersion: facts.sqliteVersion
        )
    }

    var process: ProcessFacts { .current(startedAt: Double(startedAt.milliseconds) / 1000) }
}
