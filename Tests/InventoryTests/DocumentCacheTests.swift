import ClusterLinks
import Foundation
import GRDB
import Logging
import Testing

@testable import Inventory

/// Which documents are read again and which are at hand.
struct DocumentCacheTests {
    private static let count: Int64 = 40

    @Test func aDocumentIsReadOnceWhileThereIsRoom() throws {
        let queue = try Self.stored()
        let cache = DocumentCache(capacity: 1 << 20)
        let first = try queue.read { db in try Self.all.map { try cache.document($0, db) } }
        try queue.write { try $0.execute(sql: "DELETE FROM documents") }
        let again = try queue.read { db in try Self.all.map { try cache.document($0, db) } }
        #expect(zip(first, again).allSatisfy { $0 === $1 })
        #expect(again.map(\.name?.rawValue) == Self.all.map { "link-\($0)" })
    }

    /// What is asked for again and again stays; of the others no more than there is room for.
    @Test func whatIsNotAskedForGoesAndTheRestStays() throws {
        let queue = try Self.stored()
        let one = try queue.read { db in try DocumentCache().document(1, db).cost }
        let cache = DocumentCache(capacity: 10 * one)
        let kept = try queue.read { db in
            let kept = try cache.document(1, db)
            for key in Self.all {
                _ = try cache.document(key, db)
                let again = try cache.document(1, db)
                #expect(again === kept)
            }
            return kept
        }
        try queue.write { try $0.execute(sql: "DELETE FROM documents") }
        try queue.read { db in
            let again = try cache.document(1, db)
            #expect(again === kept)
            let atHand = Self.all.count { (try? cache.document($0, db)) != nil }
            #expect((5...12).contains(atHand), "\(atHand)")
        }
    }

    @Test func aDocumentThatIsNotThereIsAnError() throws {
        let queue = try Self.stored()
        #expect(throws: DatabaseError.self) {
            try queue.read { db in try DocumentCache().document(Self.count + 1, db) }
        }
    }

    @Test func whatIsMadeOfADocumentIsMadeOnce() throws {
        final class Made: Sendable {}
        let document = StoredDocument(Array(#"{"link_name":"orders"}"#.utf8), health: 0)
        let first = document.presentation { _ in Made() }
        #expect(document.presentation { _ in Made() } === first)
    }

    /// Retention lets documents go while answers hold them: another one under the same key would be told in their place.
    @Test func aKeyIsNeverGivenAgain() async throws {
        try await InventoryFixture.with { fixture in
            try InventoryDatabase(path: fixture.path).close()
            let queue = try DatabaseQueue(path: fixture.path)
            let insertion = "INSERT INTO documents (digest, health, body) VALUES (0, 0, '{}') RETURNING document_key"
            let keys = try await queue.write { db in
                try (0..<2).compactMap { _ in
                    let key = try Int64.fetchOne(db, sql: insertion)
                    try db.execute(sql: "DELETE FROM documents")
                    return key
                }
            }
            #expect(keys.count == 2)
            #expect(Set(keys).count == 2)
        }
    }

    private static var all: ClosedRange<Int64> { 1...count }

    /// A table of documents and nothing else.
    private static func stored() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE documents (document_key INTEGER PRIMARY KEY, health INTEGER, body TEXT)")
            for key in all {
                let body = #"{"link_name":"link-\#(key)"}"#
                try db.execute(sql: "INSERT INTO documents VALUES (?, 0, ?)", arguments: [key, body])
            }
        }
        return queue
    }
}
