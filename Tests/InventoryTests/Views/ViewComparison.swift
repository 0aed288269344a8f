import Alerting
import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import NaiveInventory
import Testing

/// Holds the rows of the views against what the interface tells of the same database.
struct ViewComparison {
    private let inventory: InventoryStore
    private let fleet: FleetView
    private let now: Instant
    private let rows: ViewRows
    private let note: Comment

    init(_ history: RandomHistory, _ stored: DatabaseQueue, seed: Int) {
        inventory = history.inventory
        now = history.now
        fleet = history.inventory.fleet.current(at: history.now)
        rows = ViewRows(InventoryViews(of: fleet, at: history.now), of: stored)
        note = "seed \(seed)"
    }

    func all() async throws {
        try compareLinks()
        try compareTasks()
        try await compareHistory()
        try await compareErrors()
        try await compareChanges()
        try await comparePolls()
        try compareClusters()
        try await compareAlerts()
    }

    private var configured: [ClusterView] { fleet.clusters.filter(\.isConfigured) }

    private func compareLinks() throws {
        let expected = configured.flatMap { cluster in
            cluster.links.map { record in
                Self.upstream(record.link.content).merging([
                    "cluster_id": cluster.id.rawValue, "cluster_name": cluster.description.name,
                    "labels": Self.json(cluster.description.labels),
                    "link_name": record.link.name.rawValue,
                    "cluster_link_id": record.link.content.clusterLinkID?.rawValue,
                    "metadata": #"{"self":"/kafka/v3/clusters/\#(PathSegment.encoded(cluster.id.rawValue))/links/"#
                        + #"\#(PathSegment.encoded(record.link.name.rawValue))"}"#,
                    "health": cluster.health(of: record).rawValue,
                    "last_known_health": record.lastKnownHealth.rawValue, "direction": record.direction.rawValue,
                    "stale": cluster.isStale ? "1" : "0",
                    "first_observed_at": record.link.firstObservedAt.description,
                    "last_changed_at": record.link.versionSince.description,
                ]) { $1 }.told
            }
        }
        expectEqual(try rows.all("cluster_links"), expected)
    }

    private func compareTasks() throws {
        let expected = configured.flatMap { cluster in
            cluster.links.flatMap { record in
                record.link.content.tasks.map { task -> [String: String] in
                    [
                        "cluster_id": cluster.id.rawValue, "link_name": record.link.name.rawValue,
                        "task_name": task.name, "task_state": task.state?.rawValue,
                        "failing": task.isFailing ? "1" : "0", "error_code": task.errorCodes.first?.rawValue,
                    ].told
                }
            }
        }
        let wanted: Set = ["cluster_id", "link_name", "task_name", "task_state", "failing", "error_code"]
        expectEqual(try rows.all("link_tasks").map { $0.filter { wanted.contains($0.key) } }, expected)
    }

    private func compareHistory() async throws {
        var expected: [[String: String]] = []
        var found = try rows.all("link_history")
        for (cluster, name) in Set(found.map { [$0["cluster_id"] ?? "", $0["link_name"] ?? ""] }).map({ ($0[0], $0[1]) }
        ) {
            let link = History.LinkSelection(cluster: ClusterID(cluster), name: name)
            for version in try await inventory.history.versions(of: link, page: .init(limit: 1000)) {
                expected.append(
                    Self.upstream(version.document.link.content).merging([
                        "cluster_id": cluster, "link_name": name, "cluster_link_id": version.clusterLinkID,
                        "valid_from": version.validFrom.description, "valid_to": version.validTo?.description,
                        "changed": String(decoding: version.changed.json, as: UTF8.self),
                        "last_known_health": version.document.lastKnownHealth.rawValue,
                    ]) { $1 }.told
                )
            }
        }
        for index in found.indices { found[index]["cluster_name"] = nil }
        expectEqual(found, expected)
    }

    private func compareErrors() async throws {
        let episodes = try await inventory.history.episodes(
            page: .init(limit: 100_000),
            now: now,
            admitsLink: { _ in true },
            admitsTrouble: { _ in true }
        )
        let expected = episodes.map { episode in
            [
                "cluster_id": episode.link.cluster.rawValue, "link_name": episode.link.name,
                "cluster_link_id": episode.link.clusterLinkID, "link_error": episode.trouble.linkError,
                "link_error_message": episode.messages.last?.message, "link_state": episode.trouble.linkState,
                "started_at": episode.startedAt.description, "ended_at": episode.endedAt?.description,
                "duration_seconds": String(episode.length.milliseconds),
                "blind_seconds": String(episode.blind.milliseconds), "ongoing": episode.endedAt == nil ? "1" : "0",
                "observations": String(episode.observations),
                "last_observed_at": episode.lastObservedAt.description,
                "started_before_observation": episode.startedBeforeObservation ? "1" : "0",
                "messages": Self.json(
                    .array(
                        episode.messages.map { ["at": .string($0.at.description), "message": .string($0.message)] }
                    )
                ),
            ].told
        }
        expectEqual(try rows.all("link_errors").map { $0.filter { $0.key != "cluster_name" } }, expected)
    }

    private func compareChanges() async throws {
        let page = try await inventory.history.changes(after: 0, limit: 100_000)
        let expected = page.rows.map { change in
            [
                "sequence": String(change.sequence), "at": change.at.description, "kind": change.kind.rawValue,
                "cluster_id": change.cluster.rawValue, "link_name": change.linkName?.rawValue,
                "cluster_link_id": change.clusterLinkID?.rawValue,
                "changed": String(decoding: change.changed.json, as: UTF8.self),
                "before": change.before.map { String(decoding: $0.link.bytes, as: UTF8.self) },
                "after": change.after.map { String(decoding: $0.link.bytes, as: UTF8.self) },
                "baseline": change.isBaseline ? "1" : "0",
            ].told
        }
        expectEqual(try rows.all("changes").map { $0.filter { $0.key != "cluster_name" } }, expected)
    }

    private func comparePolls() async throws {
        var expected: [[String: String]] = []
        for cluster in fleet.clusters {
            for row in try await inventory.history.pollRuns(of: cluster.id, page: .init(limit: 1000)) {
                expected.append(
                    [
                        "cluster_id": cluster.id.rawValue, "cluster_name": cluster.description.name,
                        "outcome": row.run.outcome.isSuccess ? "success" : "failure",
                        "reason": row.run.outcome.failure, "http_status": row.run.outcome.httpStatus.map(String.init),
                        "message": row.message, "first_at": row.run.firstAt.description,
                        "last_at": row.run.lastAt.description, "count": String(row.run.count),
                        "mean_duration_seconds": String(
                            Int64(((row.run.totalDuration / row.run.count).seconds * 1000).rounded())
                        ),
                    ].told
                )
            }
        }
        expectEqual(try rows.all("polls"), expected)
    }

    private func compareClusters() throws {
        let expected = fleet.clusters.map { cluster in
            let tally = inventory.fleet.tally(of: cluster.id)
            return [
                "cluster_id": cluster.id.rawValue, "cluster_name": cluster.description.name,
                "labels": Self.json(cluster.description.labels), "endpoint_host": cluster.description.endpointHost,
                "configured": cluster.isConfigured ? "1" : "0", "stale": cluster.isStale ? "1" : "0",
                "links": String(cluster.links.count), "ghosts": String(cluster.ghosts.count),
                "last_poll_at": tally.lastPoll?.at.description, "last_success_at": tally.lastSuccessAt?.description,
                "last_failure_at": tally.lastFailure?.at.description,
                "last_failure_reason": tally.lastFailure?.outcome.failure,
                "last_failure_http_status": tally.lastFailure?.outcome.httpStatus.map(String.init),
                "last_failure_message": tally.lastFailure?.message,
            ].told
        }
        expectEqual(try rows.all("clusters"), expected)
    }

    private func compareAlerts() async throws {
        let expected = try await inventory.history.alerts(limit: 100_000).map { row in
            let (alert, cluster) = (row.alert, fleet.cluster(row.alert.subject.cluster))
            let tally = inventory.fleet.tally(of: alert.subject.cluster)
            let isCounting = alert.isOpen && alert.subject.kind.countsLists
            let last =
                isCounting
                ? max(alert.lastObservedAt, tally.lastSuccessAt ?? alert.lastObservedAt) : alert.lastObservedAt
            return [
                "id": alert.id, "fingerprint": alert.fingerprint, "kind": alert.subject.kind.rawValue,
                "severity": alert.severity.rawValue, "state": alert.state.rawValue,
                "unconfirmed": alert.isUnconfirmed(clusterIsStale: cluster?.isStale ?? true) ? "1" : "0",
                "cluster_id": alert.subject.cluster.rawValue, "cluster_name": cluster?.description.name,
                "link_name": alert.subject.linkName?.rawValue,
                "cluster_link_id": alert.subject.link?.clusterLinkID?.rawValue,
                "link_error": alert.subject.kind == .linkError ? alert.code : nil, "code": alert.code,
                "task": alert.task, "message": alert.message, "started_at": alert.startedAt.description,
                "fired_at": alert.firedAt?.description, "last_observed_at": last.description,
                "resolved_at": alert.resolvedAt?.description, "resolved_reason": alert.resolvedReason?.rawValue,
                "observations": String(alert.observations(upTo: tally.successes)),
                "flapping": alert.isFlapping ? "1" : "0", "incident_id": row.incident,
            ].told
        }
        expectEqual(try rows.all("alerts"), expected)
    }

    /// What a document says, as the columns of two views have it.
    private static func upstream(_ content: LinkContent) -> [String: String?] {
        func text(_ name: String) -> String? {
            content.fields[name].map { $0.string ?? json($0) }
        }
        func list(_ name: String) -> String {
            content.fields[name]?.array.map { json(.array($0)) } ?? "[]"
        }
        return [
            "destination_cluster_id": text("destination_cluster_id"), "kind": text("kind"),
            "link_error": text("link_error"), "link_error_message": text("link_error_message"),
            "link_id": text("link_id"), "link_state": text("link_state"),
            "remote_cluster_id": text("remote_cluster_id"), "source_cluster_id": text("source_cluster_id"),
            "tasks": list("tasks"), "topic_names": list("topic_names"),
            "document": String(decoding: content.encoded, as: UTF8.self),
        ]
    }

    private static func json(_ value: JSONValue) -> String { String(decoding: value.encoded, as: UTF8.self) }

    private static func json(_ labels: [String: String]) -> String {
        json(.object(JSONObject(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })))
    }

    private func expectEqual(
        _ found: [[String: String]],
        _ expected: [[String: String]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        func texts(_ rows: [[String: String]]) -> [String] {
            rows.map { row in row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }
                .sorted()
        }
        #expect(texts(found) == texts(expected), note, sourceLocation: sourceLocation)
    }
}
