import GRDB

/// Rows that retention is to leave behind nowhere: those that nothing refers to, and those that ended before it.
struct StoredGarbage {
    let stored: DatabaseQueue

    init(_ stored: DatabaseQueue) { self.stored = stored }

    private static let questions = [
        "documents": """
        SELECT count(*) FROM documents WHERE document_key NOT IN (SELECT document_key FROM versions
            WHERE document_key IS NOT NULL UNION SELECT before_key FROM changes WHERE before_key IS NOT NULL
            UNION SELECT after_key FROM changes WHERE after_key IS NOT NULL
            UNION SELECT document_key FROM episode_messages WHERE document_key IS NOT NULL) AND EXISTS (SELECT 1 FROM retention)
        """,
        "texts": """
        SELECT count(*) FROM texts WHERE text_key NOT IN (SELECT text_key FROM episode_messages WHERE text_key IS NOT NULL
            UNION SELECT error_key FROM error_episodes WHERE error_key IS NOT NULL
            UNION SELECT state_key FROM error_episodes WHERE state_key IS NOT NULL) AND EXISTS (SELECT 1 FROM retention)
        """,
        "episodes": "SELECT count(*) FROM error_episodes WHERE ended_at < (SELECT kept_from FROM retention)",
        "messages": """
        SELECT count(*) FROM episode_messages AS m WHERE NOT EXISTS (SELECT 1 FROM error_episodes AS e
            WHERE e.link_key = m.link_key AND started_at <= at AND (ended_at IS NULL OR ended_at > at))
        """,
        "snapshots": "SELECT count(*) FROM snapshots WHERE last_observed_at < (SELECT kept_from FROM retention)",
        "changes": """
        SELECT count(*) FROM changes WHERE sequence < (SELECT min(sequence) FROM changes WHERE at >= (SELECT kept_from FROM retention))
        """,
        "hours": """
        SELECT count(*) FROM change_hours WHERE last_sequence < (SELECT min(sequence) FROM changes)
        """,
        "versions": """
        SELECT count(*) FROM versions AS ended JOIN versions AS next ON next.link_key = ended.link_key
            AND next.valid_from = (SELECT min(valid_from) FROM versions AS later
                WHERE later.link_key = ended.link_key AND later.valid_from > ended.valid_from)
        WHERE next.valid_from < (SELECT min(kept_from, (SELECT min(at) FROM changes)) FROM retention)
        """,
        "links": """
        SELECT count(*) FROM links WHERE deleted_at < (SELECT min(kept_from, (SELECT min(at) FROM changes)) FROM retention)
        """,
        "free pages": "SELECT freelist_count FROM pragma_freelist_count WHERE EXISTS (SELECT 1 FROM retention)",
    ]

    /// How many rows of a kind are left, where there are any.
    var counts: [String: Int] {
        get throws {
            try stored.read { db in
                try Self.questions.compactMapValues { try Int.fetchOne(db, sql: $0) }.filter { $0.value != 0 }
            }
        }
    }
}
