import ClusterLinks
import GRDB

/// From when on a cluster is replayed, and how it stood then.
struct ReplayBeginning {
    let at: Instant
    /// The links that were listed, by their keys.
    let links: [Int64: TrackedLink]
    let isConfigured: Bool

    /// - Parameters:
    ///   - latest: the replay begins no later.
    ///   - keptFrom: nor earlier than this, before which parts are gone.
    init(
        _ db: Database,
        of cluster: Int64,
        latest: Instant,
        keptFrom: Instant?,
        _ contents: AlertContents
    ) throws {
        let troubles =
            try [Self.firstFailure(db, of: cluster, before: latest)].compactMap(\.self)
            + Self.beginnings(db, ofTroublesOf: cluster, at: latest)
        let earliest = min(troubles.min() ?? latest, latest)
        at = max(earliest, keptFrom ?? earliest)
        links = try Self.links(db, of: cluster, before: at, contents)
        isConfigured =
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM configuration_spans
                            WHERE cluster_key = ?1 AND valid_from < ?2 AND ifnull(valid_to, ?2) >= ?2)
                        """
                ),
                arguments: [cluster, at.milliseconds]
            ) ?? false
    }

    /// Since when each link that was in trouble at an instant had been, without a break: an alert about it is as old, and
    /// nothing new.
    private static func beginnings(_ db: Database, ofTroublesOf cluster: Int64, at instant: Instant) throws -> [Instant]
    {
        let troubled = try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT links.link_key FROM links
                    JOIN versions ON versions.link_key = links.link_key AND versions.valid_from =
                        (SELECT max(valid_from) FROM versions AS last
                            WHERE last.link_key = links.link_key AND last.valid_from < ?2)
                    JOIN documents USING (document_key)
                    WHERE cluster_key = ?1 AND health > 0
                    """
            ),
            arguments: [cluster, instant.milliseconds]
        )
        let statement = try KeptStatement(
            db,
            sql: """
                SELECT valid_from, ifnull(health, 0) FROM versions LEFT JOIN documents USING (document_key)
                WHERE link_key = ? AND valid_from < ? ORDER BY valid_from DESC
                """
        )
        return try troubled.map { link in
            var beginning = instant
            try statement.walk(link, instant.milliseconds) { row in
                guard row.integer(1) > 0 else { return false }
                beginning = Instant(milliseconds: row.integer(0))
                return true
            }
            return beginning
        }
    }

    /// When the first of the polls failed that had failed one after the other up to an instant.
    private static func firstFailure(_ db: Database, of cluster: Int64, before instant: Instant) throws -> Instant? {
        var first: Instant?
        let runs = try KeptStatement(
            db,
            sql: """
                SELECT first_at, failure IS NULL FROM poll_runs WHERE cluster_key = ? AND first_at < ?
                ORDER BY first_at DESC
                """
        )
        try runs.walk(cluster, instant.milliseconds) { row in
            guard row.integer(1) == 0 else { return false }
            first = Instant(milliseconds: row.integer(0))
            return true
        }
        return first
    }

    private static func links(
        _ db: Database,
        of cluster: Int64,
        before instant: Instant,
        _ contents: AlertContents
    ) throws -> [Int64: TrackedLink] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT links.link_key, document_key, ifnull(completed_at >= ?2, 0) FROM links
                    JOIN versions ON versions.link_key = links.link_key AND versions.valid_from =
                        (SELECT max(valid_from) FROM versions AS last
                            WHERE last.link_key = links.link_key AND last.valid_from < ?2)
                    WHERE cluster_key = ?1 AND document_key IS NOT NULL
                    """
            ),
            arguments: [cluster, instant.milliseconds]
        )
        var links: [Int64: TrackedLink] = [:]
        for row in rows {
            let content = try contents.content(row[1])
            // What completed the version later was not known yet.
            let known = row[2] ? content.with(tasks: nil) : content
            links[row[0]] = TrackedLink(shownBy: known, since: instant)
        }
        return links
    }
}
