import Alerting
import ClusterLinks
import ExactJSON
import Exposition
import HTTPServing
import HTTPTypes
import Inventory

/// What operators and Prometheus ask about the service itself.
extension InventoryAPI {
    var operationRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/status",
                id: "getStatus",
                summary: "Version, configuration, database and fleet in one look",
                answer: .item(.status),
                handler: .asynchronous { _ in await status() }
            ),
            APIRoute(
                "/metrics",
                id: "getMetrics",
                summary: "Metrics for Prometheus, in its text format or in OpenMetrics",
                answer: .text(types: [ExpositionFormat.prometheus, .openMetrics].map(\.contentType)),
                handler: .atHand({ knownMetrics($0) }, otherwise: { await metrics($0.request) })
            ),
        ]
    }

    private func status() async -> Response {
        let view = view
        let configured = view.clusters.filter(\.isConfigured)
        let healths = configured.flatMap { cluster in cluster.links.map { cluster.health(of: $0) } }
        return JSONAnswer.response([
            "version": .string(service.version),
            "revision": .optional(service.revision),
            "started_at": .string(service.startedAt.description),
            "now": .string(now.description),
            "uptime_seconds": .double((now - service.startedAt).seconds),
            "ready": .bool(service.isReady),
            "configuration": .object(Self.json(of: service.configuration)),
            "database": .object(Self.json(of: service.database, fleet.durability)),
            "clusters": .int(configured.count),
            "stale_clusters": .int(configured.count(where: \.isStale)),
            "links": .object(HealthCounts(healths).json),
            "sequence": .int(view.sequence),
            "kept_from": .optional(await keptFrom()?.description),
            "polls_in_flight": .int(await polls.pollsInFlight()),
            "connections": .int(service.connections),
            "clock_offset_seconds": .double(service.clockOffset.seconds),
        ])
    }

    /// Nil also where the database cannot be read, which is no reason to tell nothing of the rest.
    private func keptFrom() async -> Instant? { try? await history.keptFrom() }

    private static func json(of configuration: ConfigurationFacts) -> JSONObject {
        [
            "path": .optional(configuration.path),
            "checksum": .optional(configuration.checksum),
            "loaded_at": .string(configuration.loadedAt.description),
            "last_reload_successful": .bool(configuration.wasLastReloadSuccessful),
            "reload_problems": .array(configuration.reloadProblems.map(JSONValue.string)),
            "awaiting_restart": .array(configuration.awaitingRestart.map(JSONValue.string)),
        ]
    }

    private static func json(of database: DatabaseStatus, _ durability: Durability) -> JSONObject {
        [
            "path": .string(database.path),
            "size_bytes": .int(database.size),
            "wal_size_bytes": .int(database.logSize),
            "synchronous": .string(synchronousModes[database.synchronous] ?? String(database.synchronous)),
            "journal_mode": .string(database.journalMode),
            "sqlite_version": .string(database.sqliteVersion),
            "durable": .bool(durability.isDurable),
            "waiting_writes": .int(durability.waiting),
            "lost_changes": .int(durability.lost),
            "last_error": .optional(durability.lastError),
        ]
    }

    /// As <https://sqlite.org/pragma.html#pragma_synchronous> numbers them.
    private static let synchronousModes = [0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"]

    private func knownMetrics(_ request: Request) -> Response? {
        // A query is refused, which takes reading it.
        guard request.query == nil else { return nil }
        let now = now
        let generation = MetricsText.Generation(
            fleet: fleet.generation(at: now),
            alerts: inventory.alerts.current.generation
        )
        return metricsText.known(Self.format(request), generation: generation, at: now).map { .representation($0) }
    }

    private func metrics(_ request: Request) async -> Response {
        let view = view
        let board = inventory.alerts.current
        let now = now
        let scrape = await metricsText.scrape(
            Self.format(request),
            of: view,
            board,
            at: now,
            clusters: { [fleet] in ClusterMetrics.families(of: view, tallies: fleet.tallies) },
            service: {
                let waiting = await waitingNotifications(of: board.receivers)
                let receivers = board.receivers
                return NotificationMetrics.families(
                    of: service.notifications,
                    waiting: waiting,
                    receivers: receivers,
                    at: now
                ) + AccessMetrics.families(of: attempts) + QueryMetrics.families(of: queries)
                    + ServiceMetrics.families(of: service, fleet: fleet, pollsInFlight: await polls.pollsInFlight())
            }
        )
        return .representation(scrape)
    }

    /// Nil also where the database cannot be read, which is no reason to tell nothing of the rest.
    private func waitingNotifications(of receivers: [NotificationTarget]) async -> [History.WaitingLine]? {
        receivers.contains { $0.kind == .webhook } ? try? await history.waitingNotifications() : nil
    }

    private static func format(_ request: Request) -> ExpositionFormat {
        request[.accept].map(ExpositionFormat.init(preferredBy:)) ?? .prometheus
    }
}
