import GRDB

/// A table whose rows are stored once and referred to by many: they are to go when nothing refers to them any more.
enum SharedTable: String, Sendable, Hashable, CaseIterable {
    case documents, texts

    var key: String {
        switch self {
        case .documents: "document_key"
        case .texts: "text_key"
        }
    }

    /// Lists the keys, of documents from an index, which is read faster than the bodies.
    var allKeys: String {
        switch self {
        case .documents: "SELECT document_key FROM documents INDEXED BY documents_by_digest"
        case .texts: "SELECT text_key FROM texts"
        }
    }

    /// List every key that is referred to, NULL among them.
    var references: [String] {
        switch self {
        case .documents:
            [
                "SELECT document_key, NULL FROM versions", "SELECT before_key, after_key FROM changes",
                "SELECT document_key, NULL FROM episode_messages",
            ]
        case .texts: ["SELECT error_key, state_key FROM error_episodes", "SELECT text_key, NULL FROM episode_messages"]
        }
    }
}

extension SharedTable {
    /// The keys of the rows that nothing refers to; nil where there are no rows at all.
    func unreferenced(_ db: Database) throws -> KeySet? {
        guard
            let bounds = try Row.fetchOne(db, sql: "SELECT min(\(key)), max(\(key)) FROM \(rawValue)"),
            let first = bounds[0] as Int64?, let last = bounds[1] as Int64?
        else { return nil }
        var keys = KeySet(over: first...last)
        let all = try Row.fetchCursor(db, sql: allKeys)
        while let row = try all.next() { keys.insert(row[0]) }
        for references in references {
            let referred = try Row.fetchCursor(db, sql: references)
            while let row = try referred.next() {
                if let key = row[0] as Int64? { keys.remove(key) }
                if let key = row[1] as Int64? { keys.remove(key) }
            }
        }
        return keys
    }
}
