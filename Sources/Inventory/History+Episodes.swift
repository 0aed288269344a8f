package import ClusterLinks
import GRDB

/// A span in which one link reported the same trouble without a break (truth rule 14).
package struct EpisodeRow: Sendable {
    package struct Message: Sendable, Hashable {
        package let at: Instant
        package let message: String
    }

    package let position: History.Position
    package let cluster: ClusterID
    package let linkName: String
    package let clusterLinkID: String?
    /// Nil where the state alone is the trouble.
    package let linkError: String?
    package let linkState: String?
    package let startedAt: Instant
    package let endedAt: Instant?
    package let startedBeforeObservation: Bool
    package let observations: Int
    package let lastObservedAt: Instant
    /// In order of time; the last is the latest.
    package let messages: [Message]
    /// How much of the episode, until its end or until now, nobody knew anything.
    package let blind: Duration
    package let length: Duration
}

extension History {
    /// The error episodes of a link, newest first; those that overlap the page's span.
    /// - Parameter now: until when an episode that goes on has lasted.
    package func episodes(of link: LinkSelection, page: Page, now: Instant) async throws -> [EpisodeRow] {
        let (condition, arguments) = page.condition(at: "started_at", key: "link_key", until: .before("ended_at"))
        return try await pool.read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT error_episodes.*, links.cluster_key, links.link_name, links.cluster_link_id, cluster_id
                        FROM error_episodes JOIN links USING (link_key) JOIN clusters USING (cluster_key)
                        WHERE cluster_id = ?1 AND link_name = ?2 AND (?3 IS NULL OR cluster_link_id = ?3)
                            AND \(condition)
                        ORDER BY started_at DESC, link_key DESC LIMIT \(page.limit)
                        """
                ),
                arguments: [link.cluster.rawValue, link.name, link.id?.rawValue] + arguments
            )
            guard let cluster = rows.first?["cluster_key"] as Int64? else { return [] }
            let knowledge = try ClusterKnowledge(db, cluster: cluster)
            return try rows.map { try EpisodeRow($0, db, knowledge: knowledge, now: now) }
        }
    }
}

/// When a cluster was known, and how often it was seen: what its episodes are measured with.
private struct ClusterKnowledge {
    let known: [Span]
    let successes: Int
    let lastSuccessAt: Instant?

    init(_ db: Database, cluster: Int64) throws {
        let runs = try Row.fetchAll(
            db,
            sql: "SELECT * FROM poll_runs WHERE cluster_key = ? ORDER BY first_at",
            arguments: [cluster]
        ).map { PollRunRow($0).run }
        let configured = try Row.fetchAll(
            db,
            sql: "SELECT valid_from, valid_to FROM configuration_spans WHERE cluster_key = ?",
            arguments: [cluster]
        ).map { row in
            Span(
                from: Instant(milliseconds: row["valid_from"]),
                to: Instant(milliseconds: row["valid_to"] ?? Int64.max)
            )
        }
        known = KnownTime.spans(of: runs, configured: configured)
        successes = runs.last?.successes ?? 0
        lastSuccessAt = runs.last(where: \.outcome.isSuccess)?.lastAt
    }
}

extension EpisodeRow {
    fileprivate init(_ row: Row, _ db: Database, knowledge: ClusterKnowledge, now: Instant) throws {
        startedAt = Instant(milliseconds: row["started_at"])
        endedAt = (row["ended_at"] as Int64?).map(Instant.init(milliseconds:))
        let key: Int64 = row["link_key"]
        position = History.Position(at: startedAt, key: key)
        cluster = ClusterID(row["cluster_id"])
        linkName = row["link_name"]
        clusterLinkID = row["cluster_link_id"]
        linkError = row["link_error"]
        linkState = row["link_state"]
        startedBeforeObservation = row["before_observation"]
        let first: Int = row["first_observation"]
        observations = (row["end_observation"] as Int?).map { $0 - first } ?? max(1, knowledge.successes - first + 1)
        lastObservedAt =
            (row["last_observed_at"] as Int64?).map(Instant.init(milliseconds:))
            ?? max(knowledge.lastSuccessAt ?? startedAt, startedAt)
        let span = Span(from: startedAt, to: endedAt ?? max(now, startedAt))
        length = span.length
        blind = KnownTime.blind(in: span, known: knowledge.known)
        messages = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT at, message FROM episode_messages WHERE link_key = ? AND started_at = ? ORDER BY at"
            ),
            arguments: [key, startedAt.milliseconds]
        ).map { Message(at: Instant(milliseconds: $0["at"]), message: $0["message"]) }
    }
}
