import GRDB
import Locking

/// Documents that were read lately, by their keys, which are never given to another document.
///
/// Links come back to what they were, and one question about the past is followed by others about the same links: reading
/// a document takes longer than all else that an answer does for a version.
package final class DocumentCache: Sendable {
    /// Two generations: what was not asked for while the younger one filled up goes with the older one.
    private struct Generations {
        var young: [Int64: StoredDocument] = [:]
        var old: [Int64: StoredDocument] = [:]
        var youngCost = 0
    }

    private let capacity: Int
    private let generations = Locked(Generations())

    /// - Parameter capacity: about how many bytes all documents may take.
    package init(capacity: Int = 64 << 20) { self.capacity = capacity }

    /// - Throws: `DatabaseError`, also where there is no such document.
    func document(_ key: Int64, _ db: Database) throws -> StoredDocument {
        if let known = known(key) { return known }
        let statement = try KeptStatement(db, sql: "SELECT health, body FROM documents WHERE document_key = ?")
        var read: StoredDocument?
        try statement.forEach(key) { row in read = StoredDocument(row.bytes(1), health: Int(row.integer(0))) }
        guard let read else { throw DatabaseError(message: "document \(key) is referred to and not there") }
        add(read, key)
        return read
    }

    private func known(_ key: Int64) -> StoredDocument? {
        generations.withLock { generations in
            if let young = generations.young[key] { return young }
            guard let old = generations.old.removeValue(forKey: key) else { return nil }
            insert(old, key, into: &generations)
            return old
        }
    }

    private func add(_ document: StoredDocument, _ key: Int64) {
        generations.withLock { insert(document, key, into: &$0) }
    }

    private func insert(_ document: StoredDocument, _ key: Int64, into generations: inout Generations) {
        if generations.youngCost >= capacity / 2 {
            generations.old = generations.young
            (generations.young, generations.youngCost) = ([:], 0)
        }
        if generations.young.updateValue(document, forKey: key) == nil { generations.youngCost += document.cost }
    }
}
