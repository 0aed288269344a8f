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
    package let document: LinkDocument
}

extension History {
    /// The versions of a link, newest first; those that overlap the page's span.
    package func versions(of link: LinkSelection, page: Page) async throws -> [VersionRow] {
        try await pool.read { db in try VersionRow.page(db, of: try link.incarnations(db), page) }
    }
}

extension VersionRow {
    /// A page of the versions of some incarnations, newest first.
    static func page(
        _ db: Database,
        of incarnations: [(key: Int64, id: String?)],
        _ page: History.Page
    ) throws -> [VersionRow] {
        let rows = try incarnations.flatMap { try Self.page(db, of: $0.key, id: $0.id, page) }
        // Each incarnation gave a page of its own, in order.
        return Array(
            rows.sorted { ($0.validFrom, $0.position.key) > ($1.validFrom, $1.position.key) }.prefix(page.limit)
        )
    }

    /// A page of one incarnation's versions.
    ///
    /// Rows are read backwards from where the page begins, so that each tells how long the one before it lasted.
    static func page(_ db: Database, of key: Int64, id: String?, _ page: History.Page) throws -> [VersionRow] {
        var bound = page.span.to?.milliseconds ?? Int64.max
        if let before = page.before {
            // Of one instant, those of greater keys come first.
            bound = min(bound, before.at.milliseconds + (key < before.key ? 1 : 0))
        }
        var end = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT min(valid_from) FROM versions WHERE link_key = ? AND valid_from >= ?"),
            arguments: [key, bound]
        )
        var rows: [VersionRow] = []
        let cursor = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT valid_from, body, fields FROM versions LEFT JOIN documents USING (document_key)
                        LEFT JOIN field_lists USING (field_list_key)
                    WHERE link_key = ? AND valid_from < ? ORDER BY valid_from DESC
                    """
            ),
            arguments: [key, bound]
        )
        while rows.count < page.limit, let row = try cursor.next() {
            let start: Int64 = row[0]
            if let from = page.span.from, let end, end <= from.milliseconds { break }
            if let body = try row.bytes(1) {
                rows.append(
                    VersionRow(
                        position: History.Position(at: Instant(milliseconds: start), key: key),
                        clusterLinkID: id,
                        validFrom: Instant(milliseconds: start),
                        validTo: end.map(Instant.init(milliseconds:)),
                        changed: FieldList(stored: try row.bytes(2)),
                        document: LinkDocument(canonical: body)
                    )
                )
            }
            end = start
        }
        return rows
    }
}
