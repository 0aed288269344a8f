import GRDB

/// What holds in every inventory's file, whatever happened: each question finds rows that break a rule.
///
/// Of what was before `retention.kept_from` parts may be gone.
struct StoredInvariants {
    let stored: DatabaseQueue

    init(_ stored: DatabaseQueue) { self.stored = stored }

    private static let keptFrom = "ifnull((SELECT kept_from FROM retention), 0)"

    private static let questions = [
        "links whose last row says listed when they are not, or not when they are": """
        SELECT count(*) FROM links WHERE (deleted_at IS NULL) <> ((SELECT document_key FROM versions
            WHERE versions.link_key = links.link_key ORDER BY valid_from DESC LIMIT 1) IS NOT NULL)
        """,
        "absences after nothing or after each other": """
        SELECT count(*) FROM versions AS absence WHERE document_key IS NULL AND (SELECT document_key FROM versions AS before
            WHERE before.link_key = absence.link_key AND before.valid_from < absence.valid_from
            ORDER BY valid_from DESC LIMIT 1) IS NULL AND valid_from >= \(keptFrom)
        """,
        "versions that no change began": """
        SELECT count(*) FROM versions WHERE valid_from >= \(keptFrom) AND NOT EXISTS (SELECT 1 FROM changes
            WHERE changes.link_key = versions.link_key AND at = valid_from
                AND kind IN (iif(document_key IS NULL, 2, 0), iif(document_key IS NULL, 2, 1)))
        """,
        "changes that began no version": """
        SELECT count(*) FROM changes WHERE link_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM versions
            WHERE changes.link_key = versions.link_key AND at = valid_from)
        """,
        "changes without a difference": "SELECT count(*) FROM changes WHERE before_key = after_key",
        "changes outside of what is kept of their hour": """
        SELECT count(*) FROM changes LEFT JOIN change_hours ON hour = at / 3600000
        WHERE hour IS NULL OR sequence NOT BETWEEN first_sequence AND last_sequence
        """,
        "numbers that the feed lacks": """
        SELECT ifnull(max(sequence) - iif(EXISTS (SELECT 1 FROM retention), min(sequence) - 1, 0), 0) - count(*) FROM changes
        """,
        "overlapping episodes": """
        SELECT count(*) FROM error_episodes AS a JOIN error_episodes AS b ON a.link_key = b.link_key
        WHERE a.started_at < b.started_at AND (a.ended_at IS NULL OR a.ended_at > b.started_at)
        """,
        "open episodes of links that went": """
        SELECT count(*) FROM error_episodes JOIN links USING (link_key)
        WHERE ended_at IS NULL AND deleted_at IS NOT NULL
        """,
        "episodes that begin where no version does": """
        SELECT count(*) FROM error_episodes WHERE started_at >= \(keptFrom) AND NOT EXISTS (SELECT 1 FROM versions
            WHERE versions.link_key = error_episodes.link_key AND valid_from = started_at)
        """,
        "open snapshots that are not the last": """
        SELECT count(*) FROM snapshots AS a JOIN snapshots AS b ON a.cluster_key = b.cluster_key
        WHERE a.first_observed_at < b.first_observed_at
            AND (a.last_observed_at IS NULL OR a.last_observed_at >= b.first_observed_at)
        """,
        "overlapping runs": """
        SELECT count(*) FROM poll_runs AS a JOIN poll_runs AS b ON a.cluster_key = b.cluster_key
        WHERE a.first_at < b.first_at AND a.last_at >= b.first_at
        """,
        "rows that refer to nothing": "SELECT count(*) FROM pragma_foreign_key_check",
    ]

    var violations: [String] {
        get throws {
            try stored.read { db in
                let broken = try Self.questions.filter { try Int.fetchOne(db, sql: $0.value) != 0 }.keys.sorted()
                return broken + (try String.fetchAll(db, sql: "PRAGMA integrity_check")).filter { $0 != "ok" }
            }
        }
    }
}
