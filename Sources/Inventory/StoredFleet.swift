import ClusterLinks
import ExactJSON
import Foundation
import GRDB

/// What a start takes up from the database: where every cluster stood when the last service stopped.
struct StoredFleet {
    private(set) var clusters: [ClusterID: ClusterState] = [:]
    private(set) var tallies: [ClusterID: PollTally] = [:]
    let sequence: Int64
    let nextClusterKey: Int64
    let nextLinkKey: Int64

    init(_ db: Database) throws {
        sequence = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM changes") ?? 0
        nextClusterKey = (try Int64.fetchOne(db, sql: "SELECT max(cluster_key) FROM clusters") ?? 0) + 1
        nextLinkKey = (try Int64.fetchOne(db, sql: "SELECT max(link_key) FROM links") ?? 0) + 1
        let last = try InventoryDatabase.lastObservation(db)
        for row in try Row.fetchAll(db, sql: "SELECT * FROM clusters") {
            let key: Int64 = row["cluster_key"]
            let polls = try Self.polls(db, cluster: key)
            let description = ClusterDescription(
                id: ClusterID(row["cluster_id"]),
                name: row["cluster_name"],
                labels: try [String: String](json: row["labels"]),
                endpointHost: row["endpoint_host"],
                staleAfter: polls.staleAfter
            )
            let state = ClusterState(
                key: key,
                description: description,
                isConfigured: row["configured"],
                notBefore: last
            )
            let links = try Self.links(db, cluster: key)
            state.ledger = ClusterLedger(
                links: links.map(\.link),
                ghosts: (try JSONValue(parsing: row["ghosts"] as String).array ?? []).compactMap(\.object),
                observations: polls.successes
            )
            state.linkKeys = Dictionary(links.map { ($0.link.identity, $0.key) }) { $1 }
            state.snapshot = try Self.snapshot(db, cluster: key)
            state.lastSuccessAt = polls.tally.lastSuccessAt
            _ = state.refreshView()
            clusters[description.id] = state
            tallies[description.id] = polls.tally
        }
    }

    private static func links(_ db: Database, cluster: Int64) throws -> [(key: Int64, link: TrackedLink)] {
        // Prepared once for all clusters, and read by place: with ten thousand links a start would else do little but prepare
        // statements and compare names of columns.
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT links.link_key, tasks_read, first_observed_at, valid_from, body,
                        started_at, before_observation, first_observation
                    FROM links
                    JOIN versions ON versions.link_key = links.link_key AND versions.valid_from =
                        (SELECT max(valid_from) FROM versions AS latest WHERE latest.link_key = links.link_key)
                    JOIN documents USING (document_key)
                    LEFT JOIN error_episodes ON error_episodes.link_key = links.link_key
                        AND error_episodes.started_at =
                            (SELECT max(started_at) FROM error_episodes AS latest WHERE latest.link_key = links.link_key)
                        AND error_episodes.ended_at IS NULL
                    WHERE links.cluster_key = ? AND links.deleted_at IS NULL
                    """
            ),
            arguments: [cluster]
        )
        var links: [(key: Int64, link: TrackedLink)] = []
        while let row = try rows.next() {
            guard let body = try row.bytes(4), let fields = try JSONValue(parsing: body).object else { continue }
            // From the document and not from the columns, whose text ends at a U+0000 that JSON may hold.
            let content = LinkContent(canonical: fields)
            guard let name = content.name else { continue }
            let id = content.clusterLinkID
            let link = TrackedLink(
                identity: id.map(LinkIdentity.id) ?? .name(name),
                name: name,
                content: content,
                hasTaskReading: row[1],
                firstObservedAt: Instant(milliseconds: row[2]),
                versionSince: Instant(milliseconds: row[3]),
                episode: try episode(db, row, of: content)
            )
            links.append((row[0], link))
        }
        return links
    }

    /// An open episode is about what the link's content shows.
    private static func episode(_ db: Database, _ row: Row, of content: LinkContent) throws -> OpenEpisode? {
        guard let trouble = Trouble(of: content), let startedAt = row[5] as Int64? else { return nil }
        return OpenEpisode(
            trouble: trouble,
            startedAt: Instant(milliseconds: startedAt),
            startedBeforeObservation: row[6],
            firstObservation: row[7],
            message: try StoredMessage.latest(db, ofLink: row[0], from: startedAt)
        )
    }

    private static func snapshot(_ db: Database, cluster: Int64) throws -> SnapshotMark? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT first_observed_at, digest FROM snapshots WHERE cluster_key = ?
                    ORDER BY first_observed_at DESC LIMIT 1
                    """
            ),
            arguments: [cluster]
        )
        // Without a digest, which no row of a current snapshot is, the next list begins a snapshot.
        guard let row, let data = row["digest"] as Data?, let digest = ContentDigest(stored: Array(data)) else {
            return nil
        }
        return SnapshotMark(firstObservedAt: Instant(milliseconds: row["first_observed_at"]), digest: digest)
    }

    private static func polls(
        _ db: Database,
        cluster: Int64
    ) throws -> (tally: PollTally, successes: Int, staleAfter: Duration) {
        let latest = try lastRun(db, cluster: cluster, where: "TRUE")
        let latestSucceeded = latest?.run.outcome.isSuccess == true
        var tally = PollTally()
        tally.lastPoll = latest?.lastPoll
        tally.lastFailure =
            latest == nil || !latestSucceeded
            ? latest?.lastPoll : try lastRun(db, cluster: cluster, where: "failure IS NOT NULL")?.lastPoll
        let success = latestSucceeded ? latest?.run : try lastRun(db, cluster: cluster, where: "failure IS NULL")?.run
        tally.lastSuccessAt = success?.lastAt
        tally.successes = latest?.run.successes ?? 0
        tally.consecutiveFailures =
            try Int.fetchOne(
                db.cachedStatement(
                    sql: "SELECT ifnull(sum(count), 0) FROM poll_runs WHERE cluster_key = ? AND first_at > ?"
                ),
                arguments: [cluster, success?.firstAt.milliseconds ?? Int64.min]
            ) ?? 0
        return (tally, tally.successes, latest?.run.staleAfter ?? .seconds(180))
    }

    private static func lastRun(_ db: Database, cluster: Int64, where condition: String) throws -> PollRunRow? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT * FROM poll_runs WHERE cluster_key = ? AND \(condition) ORDER BY first_at DESC LIMIT 1"
            ),
            arguments: [cluster]
        ).map(PollRunRow.init)
    }
}
