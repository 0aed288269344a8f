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
                handler: .asynchronous { _ in await status() }
            ),
            APIRoute(
                "/metrics",
                id: "getMetrics",
                summary: "Metrics for Prometheus, in its text format or in OpenMetrics",
                answer: .text(type: "text/plain"),
                handler: .asynchronous { await metrics($0) }
            ),
        ]
    }

    private func status() async -> Response {
        let view = view
        let durability = fleet.durability
        let database = service.database
        let configuration = service.configuration
        let configured = view.clusters.filter(\.isConfigured)
        let healths = configured.flatMap { cluster in cluster.links.map { cluster.health(of: $0) } }
        var links: JSONObject = ["total": .int(healths.count)]
        for health in Health.allCases { links[health.rawValue] = .int(healths.count { $0 == health }) }
        return .bytes(
            JSONObject(
                dictionaryLiteral: ("version", .string(service.version)),
                ("started_at", .string(service.startedAt.description)),
                ("now", .string(now.description)),
                ("uptime_seconds", .double((now - service.startedAt).seconds)),
                ("ready", .bool(service.isReady)),
                (
                    "configuration",
                    [
                        "path": .optional(configuration.path),
                        "checksum": .optional(configuration.checksum),
                        "loaded_at": .string(configuration.loadedAt.description),
                        "last_reload_successful": .bool(configuration.wasLastReloadSuccessful),
                        "reload_problems": .array(configuration.reloadProblems.map(JSONValue.string)),
                        "awaiting_restart": .array(configuration.awaitingRestart.map(JSONValue.string)),
                    ]
                ),
                (
                    "database",
                    [
                        "path": .string(database.path),
                        "size_bytes": .int(database.size),
                        "wal_size_bytes": .int(database.logSize),
                        "synchronous": .string(database.synchronous == 2 ? "FULL" : String(database.synchronous)),
                        "journal_mode": .string(database.journalMode),
                        "sqlite_version": .string(database.sqliteVersion),
                        "durable": .bool(durability.isDurable),
                        "waiting_writes": .int(durability.waiting),
                        "lost_changes": .int(durability.lost),
                        "last_error": .optional(durability.lastError),
                    ]
                ),
                ("clusters", .int(configured.count)),
                ("stale_clusters", .int(configured.count { $0.isStale })),
                ("links", .object(links)),
                ("sequence", .int(view.sequence)),
                ("polls_in_flight", .int(await polls.pollsInFlight())),
                ("connections", .int(service.connections)),
                ("clock_offset_seconds", .double(service.clockOffset.seconds))
            ).encoded,
            contentType: JSONAnswer.contentType
        )
    }

    private func metrics(_ request: Request) async -> Response {
        let format: ExpositionFormat =
            request[.accept]?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
        let view = view
        let links = answers.answer(to: "metrics \(format)", generation: view.generation) {
            var bytes: [UInt8] = []
            format.write(LinkMetrics.families(of: view), into: &bytes)
            return Representation(contentType: format.contentType, body: bytes)
        }
        var bytes = links.body
        format.write(ClusterMetrics.families(of: view, tallies: fleet.tallies), into: &bytes)
        format.write(
            ServiceMetrics.families(of: service, fleet: fleet, pollsInFlight: await polls.pollsInFlight()),
            into: &bytes
        )
        format.end(&bytes)
        return .representation(
            Representation(contentType: format.contentType, body: bytes),
            fields: [.vary: "Accept"]
        )
    }
}
