import GRDB

/// What holds in every inventory's file, whatever happened: each question finds rows that break a rule.
struct StoredInvariants {
    let stored: DatabaseQueue

    init(_ stored: DatabaseQueue) { self.stored = stored }

    private static let questions = [
        "overlapping versions": """
        SELECT count(*) FROM versions AS a JOIN versions AS b ON a.link_key = b.link_key
        WHERE a.valid_from < b.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)
        """,
        "empty versions": "SELECT count(*) FROM versions WHERE valid_to <= valid_from",
        "links without exactly one open version while listed, or with one when not": """
        SELECT count(*) FROM links WHERE (deleted_at IS NULL) <> (1 = (SELECT count(*) FROM versions
            WHERE versions.link_key = links.link_key AND valid_to IS NULL))
        """,
        "versions that no change began": """
        SELECT count(*) FROM versions WHERE NOT EXISTS (SELECT 1 FROM changes
            WHERE changes.link_key = versions.link_key AND at = valid_from AND kind IN ('created', 'changed'))
        """,
        "versions with other fields than their change": """
        SELECT count(*) FROM versions JOIN changes ON changes.link_key = versions.link_key AND at = valid_from
        WHERE kind IN ('created', 'changed') AND changes.field_list_key <> versions.field_list_key
        """,
        "changes that began no version": """
        SELECT count(*) FROM changes WHERE kind IN ('created', 'changed') AND NOT EXISTS (SELECT 1 FROM versions
            WHERE changes.link_key = versions.link_key AND at = valid_from)
        """,
        "deletions that ended no version": """
        SELECT count(*) FROM changes WHERE kind = 'deleted' AND NOT EXISTS (SELECT 1 FROM versions
            WHERE changes.link_key = versions.link_key AND at = valid_to)
        """,
        "changes without a difference":
            "SELECT count(*) FROM changes WHERE kind = 'changed' AND before_key = after_key",
        "numbers that the feed lacks": "SELECT ifnull(max(sequence), 0) - count(*) FROM changes",
        "overlapping episodes": """
        SELECT count(*) FROM error_episodes AS a JOIN error_episodes AS b ON a.link_key = b.link_key
        WHERE a.started_at < b.started_at AND (a.ended_at IS NULL OR a.ended_at > b.started_at)
        """,
        "open episodes of links that went": """
        SELECT count(*) FROM error_episodes JOIN links USING (link_key)
        WHERE ended_at IS NULL AND deleted_at IS NOT NULL
        """,
        "episodes that begin where no version does": """
        SELECT count(*) FROM error_episodes WHERE NOT EXISTS (SELECT 1 FROM versions
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
