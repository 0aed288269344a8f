import ClusterLinks
import GRDB

/// When a cluster was known within a span, and how often it was seen up to now: what its past is measured with.
struct ClusterKnowledge {
    /// In order, and none touching the next.
    let known: [Span]
    /// How many of the cluster's polls have succeeded ever.
    let successes: Int
    let lastSuccessAt: Instant?

    init(_ db: Database, cluster: Int64, in span: Span) throws {
        known = try Self.known(db, cluster: cluster, in: span)
        func last(_ condition: String) throws -> PollRun? {
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM poll_runs WHERE cluster_key = ? AND \(condition) ORDER BY first_at DESC LIMIT 1
                        """
                ),
                arguments: [cluster]
            ).map { PollRunRow($0).run }
        }
        successes = try last("TRUE")?.successes ?? 0
        lastSuccessAt = try last("failure IS NULL")?.lastAt
    }

    /// When the cluster was known, told right within the span; in order, and none touching the next.
    static func known(_ db: Database, cluster: Int64, in span: Span) throws -> [Span] {
        // The success at or before the beginning is the earliest that can still hold there.
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT first_at, last_at, stale_after_ms FROM poll_runs
                    WHERE cluster_key = ?1 AND failure IS NULL AND first_at < ?3 AND first_at >= ifnull(
                        (SELECT first_at FROM poll_runs AS run WHERE run.cluster_key = ?1 AND run.failure IS NULL
                            AND run.first_at <= ?2 ORDER BY run.first_at DESC LIMIT 1), ?2)
                    ORDER BY first_at
                    """
            ),
            arguments: [cluster, span.from.milliseconds, span.to.milliseconds]
        )
        var sightings: [KnownTime.Sighting] = []
        while let row = try rows.next() {
            sightings.append(
                KnownTime.Sighting(
                    firstAt: Instant(milliseconds: row[0]),
                    lastAt: Instant(milliseconds: row[1]),
                    staleAfter: .milliseconds(row[2] as Int64)
                )
            )
        }
        let configured = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT valid_from, valid_to FROM configuration_spans WHERE cluster_key = ?"),
            arguments: [cluster]
        ).map { Span(from: Instant(milliseconds: $0[0]), to: Instant(milliseconds: $0[1] ?? Int64.max)) }
        return KnownTime.spans(of: sightings, configured: configured)
    }
}
