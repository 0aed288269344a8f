package import ClusterLinks
package import ExactJSON
import GRDB

/// A span in which one link's content did not change.
package struct VersionRow: Sendable {
    package let position: History.Position
    package let clusterLinkID: String?
    package let validFrom: Instant
    /// Nil while the version is current.
    package let validTo: Instant?
    /// Empty in the first version of a life.
    package let changed: [String]
    package let fields: JSONObject
}

extension History {
    /// The versions of a link, newest first; those that overlap the page's span.
    package func versions(of link: LinkSelection, page: Page) async throws -> [VersionRow] {
        let (condition, arguments) = page.condition(at: "valid_from", key: "link_key", until: .before("valid_to"))
        return try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT link_key, cluster_link_id, valid_from, valid_to, field_lists.fields, body
                        FROM links JOIN versions USING (link_key) JOIN documents USING (document_key)
                            JOIN field_lists USING (field_list_key)
                        WHERE link_key IN (
                            SELECT link_key FROM links JOIN clusters USING (cluster_key)
                            WHERE cluster_id = ?1 AND link_name = ?2 AND (?3 IS NULL OR cluster_link_id = ?3))
                            AND \(condition)
                        ORDER BY valid_from DESC, link_key DESC LIMIT \(page.limit)
                        """
                ),
                arguments: [link.cluster.rawValue, link.name, link.id?.rawValue] + arguments
            ).map(VersionRow.init)
        }
    }
}

extension VersionRow {
    init(_ row: Row) throws {
        validFrom = Instant(milliseconds: row["valid_from"])
        validTo = (row["valid_to"] as Int64?).map(Instant.init(milliseconds:))
        position = History.Position(at: validFrom, key: row["link_key"])
        clusterLinkID = row["cluster_link_id"]
        changed = (try JSONValue(parsing: row["fields"] as String).array ?? []).compactMap(\.string)
        fields = try JSONValue(parsing: row["body"] as String).object ?? [:]
    }
}
