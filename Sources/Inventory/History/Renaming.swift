import ClusterLinks
import GRDB

/// What became of a link that had a name which no link has any more.
package struct Renaming: Sendable, Hashable {
    /// The name that it has now, or had when it was last listed.
    package let name: String
    package let isListed: Bool
}

extension History {
    /// The latest renaming from a name that is kept, on the cluster that is meant; nil where there is none.
    ///
    /// Costs a look at all versions of the cluster's links, though at no document but of those that were renamed; and hardly
    /// anything where no link ever was.
    package func renaming(of link: LinkSelection) async throws -> Renaming? {
        try await pool.read { db in
            let lists = try String.fetchAll(
                db.cachedStatement(
                    sql: #"SELECT field_list_key FROM field_lists WHERE fields LIKE '%"link_name"%'"#
                )
            )
            guard let name = LinkName(link.name), !lists.isEmpty else { return nil }
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: Renaming.question),
                arguments: [link.cluster.rawValue, link.id?.rawValue, "[\(lists.joined(separator: ","))]"]
            )
            while let row = try rows.next() {
                guard let body = try row.bytes(2), LinkDocument(canonical: body).name == name else { continue }
                return Renaming(name: row[0], isListed: row[1])
            }
            return nil
        }
    }
}

extension Renaming {
    /// The versions that began with another name, the latest first, each with what the link was before.
    ///
    /// The names are compared elsewhere: a text of SQLite's ends at U+0000.
    fileprivate static let question = """
        SELECT link_name, deleted_at IS NULL, body
        FROM links CROSS JOIN versions AS renamed USING (link_key)
            CROSS JOIN versions AS version ON version.link_key = links.link_key AND version.valid_from =
                (SELECT max(valid_from) FROM versions AS last
                    WHERE last.link_key = links.link_key AND last.valid_from < renamed.valid_from)
            CROSS JOIN documents ON documents.document_key = version.document_key
        WHERE cluster_key = (SELECT cluster_key FROM clusters WHERE cluster_id = ?1)
            AND (?2 IS NULL OR cluster_link_id = ?2)
            AND renamed.field_list_key IN (SELECT value FROM json_each(?3))
        ORDER BY renamed.valid_from DESC
        """
}
