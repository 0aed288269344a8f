package import ClusterLinks
import GRDB

/// A span in which one link's content did not change.
package struct VersionRow: Sendable {
    package let position: History.Position
    package let clusterLinkID: String?
    package let validFrom: Instant
    /// Nil while it goes on.
    package let validTo: Instant?
    /// What differs from the version before; none in the first of a life.
    package let changed: FieldList
    /// As it was at the end of the version.
    package let document: StoredDocument
}

extension History {
    /// The versions of a link, newest first; those that overlap the page's span.
    package func versions(of link: LinkSelection, page: Page) async throws -> [VersionRow] {
        try await pool.read { db in try VersionRow.page(db, documents, of: try link.incarnations(db), page) }
    }
}

extension VersionRow {
    /// A page of the versions of some incarnations, newest first.
    static func page(
        _ db: Database,
        _ documents: DocumentCache,
        of incarnations: [(key: Int64, id: String?)],
        _ page: History.Page
    ) throws -> [VersionRow] {
        let rows = try incarnations.flatMap { try Self.page(db, documents, of: $0.key, id: $0.id, page) }
        if incarnations.count == 1 { return rows }
        // Each incarnation gave a page of its own, in order.
        return Array(
            rows.sorted { ($0.validFrom, $0.position.key) > ($1.validFrom, $1.position.key) }.prefix(page.limit)
        )
    }

    /// A page of one incarnation's versions.
    ///
    /// Rows are read backwards from where the page begins, so that each tells how long the one before it lasted.
    static func page(
        _ db: Database,
        _ documents: DocumentCache,
        of key: Int64,
        id: String?,
        _ page: History.Page
    ) throws -> [VersionRow] {
        var bound = page.span.to?.milliseconds ?? Int64.max
        if let before = page.before {
            // Of one instant, those of greater keys come first.
            bound = min(bound, before.at.milliseconds + (key < before.key ? 1 : 0))
        }
        var end = try KeptStatement(
            db,
            sql: "SELECT min(valid_from) FROM versions WHERE link_key = ? AND valid_from >= ?"
        ).integer(key, bound)
        let statement = try KeptStatement(
            db,
            sql: """
                SELECT valid_from, document_key, fields FROM versions LEFT JOIN field_lists USING (field_list_key)
                WHERE link_key = ? AND valid_from < ? ORDER BY valid_from DESC
                """
        )
        let from = page.span.from?.milliseconds
        var rows: [VersionRow] = []
        try statement.walk(key, bound) { row in
            let start = row.integer(0)
            if let from, let end, end <= from { return false }
            if let document = row.integerOrNull(1) {
                rows.append(
                    VersionRow(
                        position: History.Position(at: Instant(milliseconds: start), key: key),
                        clusterLinkID: id,
                        validFrom: Instant(milliseconds: start),
                        validTo: end.map(Instant.init(milliseconds:)),
                        changed: FieldList(stored: row.isNull(2) ? nil : row.bytes(2)),
                        document: try documents.document(document, db)
                    )
                )
            }
            end = start
            return rows.count < page.limit
        }
        return rows
    }
}
