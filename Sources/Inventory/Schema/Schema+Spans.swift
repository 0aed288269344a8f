import ClusterLinks
import ExactJSON
import Foundation
import GRDB

extension Schema {
    /// The second schema: a version is one row that is written once, and what repeats is stored once.
    ///
    /// A link that goes away gets a row without a document, so that each version lasts until the link's next row. The
    /// digest of a document is a hint that the body confirms, and texts of errors are kept once.
    static func turnIntoSpans(_ db: Database) throws {
        let reshaped = ["documents", "versions", "changes", "snapshots", "error_episodes", "episode_messages"]
        for table in reshaped { try db.execute(sql: "ALTER TABLE \(table) RENAME TO old_\(table)") }
        try db.execute(sql: spans)
        let documents = try Row.fetchCursor(db, sql: "SELECT document_key, body FROM old_documents")
        let insertion = try db.makeStatement(
            sql: "INSERT INTO documents (document_key, digest, health, body) VALUES (?, ?, ?, ?)"
        )
        while let row = try documents.next() {
            let body: String = row["body"]
            let content = LinkContent(canonical: try JSONValue(parsing: body).object ?? [:])
            try insertion.execute(
                arguments: [
                    row["document_key"] as Int64, content.digest.hint, Health(lastKnownOf: content).stored, body,
                ]
            )
        }
        try db.execute(sql: conversion)
        for table in reshaped.reversed() { try db.execute(sql: "DROP TABLE old_\(table)") }
    }

    private static let spans = """
        -- Canonical JSON, once for each content that was ever seen. digest: the first eight bytes of its SHA-256; two
        -- bodies may share one. health: 0 ok, 1 degraded, 2 error.
        CREATE TABLE documents (
            document_key INTEGER PRIMARY KEY,
            digest INTEGER NOT NULL,
            health INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX documents_by_digest ON documents (digest);

        -- A version lasts until the link's next row. document_key is NULL from the moment that the link is listed no more.
        -- completed_at: when the document was last replaced within the version, by the first reading of the tasks or an id
        -- that was adopted.
        CREATE TABLE versions (
            link_key INTEGER NOT NULL REFERENCES links,
            valid_from INTEGER NOT NULL,
            document_key INTEGER REFERENCES documents,
            field_list_key INTEGER REFERENCES field_lists,
            completed_at INTEGER,
            PRIMARY KEY (link_key, valid_from)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX versions_completed ON versions (completed_at) WHERE completed_at IS NOT NULL;

        -- kind: 0 changed, 1 created, 2 deleted, 3 retired, 4 restored. Which fields changed is told by the version.
        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            link_key INTEGER REFERENCES links,
            before_key INTEGER REFERENCES documents,
            after_key INTEGER REFERENCES documents,
            baseline INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        -- Of the changes of an hour since 1970 the least and the greatest number: changes are nearly, but not quite, in
        -- order of time, as two clusters may answer in one order and be recorded in the other.
        CREATE TABLE change_hours (
            hour INTEGER PRIMARY KEY,
            first_sequence INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL
        ) STRICT;

        -- last_observed_at is NULL while the snapshot is the current one: it is the cluster's last success then. digest is
        -- that of the current one only.
        CREATE TABLE snapshots (
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            first_observed_at INTEGER NOT NULL,
            last_observed_at INTEGER,
            digest BLOB,
            link_count INTEGER NOT NULL,
            error_count INTEGER NOT NULL,
            PRIMARY KEY (cluster_key, first_observed_at)
        ) STRICT, WITHOUT ROWID;

        -- Codes, states and messages: the same few over and over.
        CREATE TABLE texts (
            text_key INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;

        -- first_observation and end_observation count the cluster's successful polls, so that their difference is the
        -- number of observations however long a run is.
        CREATE TABLE error_episodes (
            link_key INTEGER NOT NULL REFERENCES links,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            error_key INTEGER REFERENCES texts,
            state_key INTEGER REFERENCES texts,
            before_observation INTEGER NOT NULL,
            first_observation INTEGER NOT NULL,
            end_observation INTEGER,
            last_observed_at INTEGER,
            PRIMARY KEY (link_key, started_at)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX episodes_by_start ON error_episodes (started_at);

        -- A message belongs to the episode that lasts at its instant.
        CREATE TABLE episode_messages (
            link_key INTEGER NOT NULL REFERENCES links,
            at INTEGER NOT NULL,
            text_key INTEGER NOT NULL REFERENCES texts,
            PRIMARY KEY (link_key, at)
        ) STRICT, WITHOUT ROWID;

        -- At most one row: from that instant on everything is kept, of what was before parts are gone.
        CREATE TABLE retention (
            kept_from INTEGER NOT NULL
        ) STRICT;
        """

    private static let conversion = """
        INSERT INTO versions (link_key, valid_from, document_key, field_list_key, completed_at)
            SELECT link_key, valid_from, document_key, field_list_key, completed_at FROM old_versions
            ORDER BY link_key, valid_from;
        INSERT INTO versions (link_key, valid_from)
            SELECT link_key, valid_to FROM old_versions AS ended
            WHERE valid_to IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM old_versions AS next
                WHERE next.link_key = ended.link_key AND next.valid_from = ended.valid_to);

        INSERT INTO changes (sequence, at, kind, cluster_key, link_key, before_key, after_key, baseline)
            SELECT sequence, at,
                CASE kind WHEN 'changed' THEN 0 WHEN 'created' THEN 1 WHEN 'deleted' THEN 2 WHEN 'retired' THEN 3 ELSE 4 END,
                cluster_key, link_key, before_key, after_key, baseline
            FROM old_changes ORDER BY sequence;
        INSERT INTO change_hours (hour, first_sequence, last_sequence)
            SELECT at / 3600000, min(sequence), max(sequence) FROM changes GROUP BY 1;

        INSERT INTO snapshots
            SELECT cluster_key, first_observed_at, last_observed_at, iif(last_observed_at IS NULL, digest, NULL),
                link_count, error_count
            FROM old_snapshots ORDER BY 1, 2;

        INSERT OR IGNORE INTO texts (text) SELECT link_error FROM old_error_episodes WHERE link_error IS NOT NULL;
        INSERT OR IGNORE INTO texts (text) SELECT link_state FROM old_error_episodes WHERE link_state IS NOT NULL;
        INSERT OR IGNORE INTO texts (text) SELECT message FROM old_episode_messages;
        INSERT INTO error_episodes
            SELECT link_key, started_at, ended_at, error.text_key, state.text_key, before_observation, first_observation,
                end_observation, last_observed_at
            FROM old_error_episodes LEFT JOIN texts AS error ON error.text = link_error
                LEFT JOIN texts AS state ON state.text = link_state
            ORDER BY 1, 2;
        INSERT INTO episode_messages
            SELECT link_key, at, text_key FROM old_episode_messages JOIN texts ON text = message ORDER BY 1, 2;
        """
}
