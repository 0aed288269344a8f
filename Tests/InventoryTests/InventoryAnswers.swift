import ClusterLinks
import ExactJSON
import Inventory

/// Everything that an inventory answers about its present and its past, as JSON that two versions of it can be held
/// against each other by: nothing in it names a table, a column or a key.
struct InventoryAnswers {
    let inventory: InventoryStore
    let now: Instant

    /// - Parameter now: until when what goes on has lasted.
    init(_ inventory: InventoryStore, now: Instant) {
        self.inventory = inventory
        self.now = now
    }

    func all() async throws -> JSONValue {
        let fleet = inventory.fleet.current(at: now)
        let changes = try await changes()
        var clusters: [JSONValue] = []
        for cluster in fleet.clusters {
            clusters.append([
                "present": present(of: cluster),
                "deleted": try await deleted(on: cluster.id),
                "past": try await past(of: cluster, changes: changes),
                "poll_runs": try await pollRuns(of: cluster.id),
                "snapshots": try await snapshots(of: cluster.id),
            ])
        }
        let answers: JSONValue = [
            "alerts": .array(try await alerts()),
            "changes": .array(changes),
            "clusters": .array(clusters),
            "incidents": .array(try await incidents()),
            "last_instant": .instant(try inventory.database.lastInstant()),
            "sequence": .int(fleet.sequence),
        ]
        return answers.sorted
    }

    /// Of the questions above those that were asked when an answer was kept: later schemas are asked more.
    func all(askedIn kept: JSONValue) async throws -> JSONValue {
        let members = try await all().object?.members ?? []
        return .object(JSONObject(members.filter { kept.object?[$0.name] != nil }.map { ($0.name, $0.value) }))
    }

    private func present(of cluster: ClusterView) -> JSONValue {
        let description = cluster.description
        let tally = inventory.fleet.tally(of: cluster.id)
        return [
            "cluster_id": .string(cluster.id.rawValue),
            "name": .optional(description.name),
            "labels": .object(JSONObject(description.labels.map { ($0.key, .string($0.value)) })),
            "endpoint_host": .string(description.endpointHost),
            "stale_after": .duration(description.staleAfter),
            "configured": .bool(cluster.isConfigured),
            "listed": .bool(cluster.wasListed),
            "stale": .bool(cluster.isStale),
            "ghosts": .array(cluster.ghosts.map(JSONValue.object)),
            "last_success_at": .instant(tally.lastSuccessAt),
            "last_poll": .poll(tally.lastPoll),
            "last_failure": .poll(tally.lastFailure),
            "consecutive_failures": .int(tally.consecutiveFailures),
            "links": .array(cluster.links.map { present(of: $0, on: cluster) }),
        ]
    }

    private func present(of record: LinkRecord, on cluster: ClusterView) -> JSONValue {
        let link = record.link
        return [
            "link_name": .string(link.name.rawValue),
            "identity": .identity(link.identity),
            "link": .object(link.content.fields),
            "health": .string(cluster.health(of: record).rawValue),
            "last_known_health": .string(record.lastKnownHealth.rawValue),
            "direction": .string("\(record.direction)"),
            "first_observed_at": .instant(link.firstObservedAt),
            "version_since": .instant(link.versionSince),
            "has_task_reading": .bool(link.hasTaskReading),
            "episode": link.episode.map { episode in
                [
                    "link_error": .optional(episode.trouble.error?.rawValue),
                    "link_state": .optional(episode.trouble.state?.rawValue),
                    "started_at": .instant(episode.startedAt),
                    "started_before_observation": .bool(episode.startedBeforeObservation),
                    "first_observation": .int(episode.firstObservation),
                    "message": .optional(episode.message),
                ]
            } ?? .null,
        ]
    }

    private func deleted(on cluster: ClusterID) async throws -> JSONValue {
        let rows = try await inventory.history.deletedLinks(of: cluster)
            .sorted { ($0.name, $0.identity.description) < ($1.name, $1.identity.description) }
        return .array(
            rows.map { row in
                [
                    "link_name": .string(row.name.rawValue),
                    "identity": .identity(row.identity),
                    "link": .object(row.document.fields),
                    "first_observed_at": .instant(row.firstObservedAt),
                    "last_changed_at": .instant(row.lastChangedAt),
                    "deleted_at": .instant(row.deletedAt),
                ]
            }
        )
    }

    private func snapshots(of cluster: ClusterID) async throws -> JSONValue {
        .array(
            try await inventory.history.snapshots(of: cluster, page: Self.everything).map { row in
                [
                    "first_observed_at": .instant(row.firstObservedAt),
                    "last_observed_at": .instant(row.lastObservedAt),
                    "current": .bool(row.isCurrent),
                    "links": .int(row.linkCount),
                    "errors": .int(row.errorCount),
                ]
            }
        )
    }

    private func pollRuns(of cluster: ClusterID) async throws -> JSONValue {
        .array(
            try await inventory.history.pollRuns(of: cluster, page: Self.everything).map { row in
                [
                    "failure": .optional(row.run.outcome.failure),
                    "http_status": row.run.outcome.httpStatus.map { .int($0) } ?? .null,
                    "message": .optional(row.message),
                    "first_at": .instant(row.run.firstAt),
                    "last_at": .instant(row.run.lastAt),
                    "count": .int(row.run.count),
                    "total_duration": .duration(row.run.totalDuration),
                    "stale_after": .duration(row.run.staleAfter),
                    "successes_before": .int(row.run.successesBefore),
                ]
            }
        )
    }

    static let everything = History.Page(limit: 10_000)
}
