import ClusterLinks
import GRDB

/// Rows of `episode_messages`: what an episode said of itself, read from the document that said it.
enum StoredMessage {
    private static let columns = """
        SELECT at, body, text FROM episode_messages LEFT JOIN documents USING (document_key)
            LEFT JOIN texts USING (text_key)
        """

    /// What was told of a link from one instant until before another, in order of time.
    static func all(
        _ db: Database,
        ofLink key: Int64,
        from: Int64,
        before end: Int64
    ) throws -> [EpisodeRow.Message] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "\(columns) WHERE link_key = ? AND at >= ? AND at < ? ORDER BY at"),
            arguments: [key, from, end]
        )
        var messages: [EpisodeRow.Message] = []
        while let row = try rows.next() {
            guard let message = try message(row) else { continue }
            messages.append(EpisodeRow.Message(at: Instant(milliseconds: row[0]), message: message))
        }
        return messages
    }

    /// What was told of a link last, at or after an instant.
    static func latest(_ db: Database, ofLink key: Int64, from: Int64) throws -> String? {
        try Row.fetchOne(
            db.cachedStatement(sql: "\(columns) WHERE link_key = ? AND at >= ? ORDER BY at DESC LIMIT 1"),
            arguments: [key, from]
        ).flatMap(message)
    }

    private static func message(_ row: Row) throws -> String? {
        guard let body = try row.bytes(1) else { return row[2] }
        return LinkDocument(canonical: body).errorMessage
    }
}
