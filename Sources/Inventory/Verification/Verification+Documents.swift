import ClusterLinks
import ExactJSON
import GRDB

extension Verification {
    /// Looks at every document, and gives what the versions need to know of them.
    mutating func verifyDocuments() throws -> StoredContents {
        tell(.documents)
        var contents = StoredContents()
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT document_key, digest, health, body FROM documents ORDER BY document_key"
        )
        while let row = try rows.next() {
            let key = try row.number(0)
            let trouble = DocumentCheck.take(
                key,
                digest: try row.number(1),
                health: try row.number(2),
                body: try row.bytes(3) ?? [],
                &findings
            )
            contents.add(key, trouble: trouble)
        }
        report.counts.documents = contents.count
        try verifyThatDocumentsDiffer()
        return contents
    }

    private mutating func verifyThatDocumentsDiffer() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT min(document_key), max(document_key) FROM documents
                WHERE digest IN (SELECT digest FROM documents GROUP BY digest HAVING count(*) > 1)
                GROUP BY digest, body HAVING count(*) > 1
                """
        )
        while let row = try rows.next() {
            let (first, last) = (try row.number(0), try row.number(1))
            findings.add(.document, "documents \(first) and \(last) are the same")
        }
    }

    /// Whether a version that began with one document may have come to have another without a change.
    static func isCompletion(_ db: Database, of after: Int64, by document: Int64, withTasks: Bool) throws -> Bool {
        func fields(_ key: Int64) throws -> JSONObject? {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT body FROM documents WHERE document_key = ?"),
                arguments: [key]
            )?.bytes(0).flatMap { try? JSONValue(parsing: $0).object }
        }
        guard let earlier = try fields(after), let later = try fields(document) else { return false }
        return DocumentCheck.isCompletion(of: earlier, by: later, withTasks: withTasks)
    }
}
