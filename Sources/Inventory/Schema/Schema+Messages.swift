import GRDB

extension Schema {
    /// The third schema: a message stands in the document that told it, and a document's key is never given to another.
    ///
    /// For a time the second step itself wrote this form: such a database has it already.
    static func turnToDocuments(_ db: Database) throws {
        guard try !db.columns(in: "episode_messages").contains(where: { $0.name == "document_key" }) else { return }
        try db.execute(sql: messages)
    }

    private static let messages = """
        -- As before, but for the keys: what was read of one stays true after the row has gone.
        CREATE TABLE new_documents (
            document_key INTEGER PRIMARY KEY AUTOINCREMENT,
            digest INTEGER NOT NULL,
            health INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        INSERT INTO new_documents SELECT document_key, digest, health, body FROM documents ORDER BY document_key;
        DROP TABLE documents;
        ALTER TABLE new_documents RENAME TO documents;
        CREATE INDEX documents_by_digest ON documents (digest);

        -- A message belongs to the episode that lasts at its instant, and stands in the document that told it; as a text
        -- only where that version was given up while the database refused writes.
        CREATE TABLE new_messages (
            link_key INTEGER NOT NULL REFERENCES links,
            at INTEGER NOT NULL,
            document_key INTEGER REFERENCES documents,
            text_key INTEGER REFERENCES texts,
            PRIMARY KEY (link_key, at),
            CHECK ((document_key IS NULL) <> (text_key IS NULL))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_messages
            SELECT told.link_key, at, document_key, iif(document_key IS NULL, text_key, NULL)
            FROM episode_messages AS told
                LEFT JOIN versions ON versions.link_key = told.link_key AND valid_from = at
            ORDER BY 1, 2;
        DROP TABLE episode_messages;
        ALTER TABLE new_messages RENAME TO episode_messages;

        DELETE FROM texts WHERE text_key NOT IN (
            SELECT text_key FROM episode_messages WHERE text_key IS NOT NULL
            UNION SELECT error_key FROM error_episodes WHERE error_key IS NOT NULL
            UNION SELECT state_key FROM error_episodes WHERE state_key IS NOT NULL);
        """
}
