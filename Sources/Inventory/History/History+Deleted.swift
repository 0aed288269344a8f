package import ClusterLinks
import GRDB

/// A link that went away, as it was when it was last seen.
package struct DeletedLinkRow: Sendable, Incarnation {
    package let cluster: ClusterID
    package let identity: LinkIdentity
    package let name: LinkName
    package let document: LinkDocument
    package let lastKnownHealth: Health
    package let firstObservedAt: Instant
    package let lastChangedAt: Instant
    package let deletedAt: Instant

    package var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
    package var isListed: Bool { false }
}

extension History {
    /// The links that went away and did not come back; of one cluster where that is said.
    package func deletedLinks(of cluster: ClusterID? = nil) async throws -> [DeletedLinkRow] {
        try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT cluster_id, cluster_link_id, link_name, first_observed_at, deleted_at, valid_from, body,
                            health
                        FROM links JOIN clusters USING (cluster_key) JOIN versions ON versions.link_key = links.link_key
                            AND valid_from = (SELECT max(valid_from) FROM versions AS last
                                WHERE last.link_key = links.link_key AND document_key IS NOT NULL)
                            JOIN documents USING (document_key)
                        WHERE deleted_at IS NOT NULL AND (?1 IS NULL OR cluster_id = ?1)
                        """
                ),
                arguments: [cluster?.rawValue]
            ).compactMap(DeletedLinkRow.init)
        }
    }
}

extension DeletedLinkRow {
    fileprivate init?(_ row: Row) throws {
        guard let name = LinkName(row["link_name"]), let body = try row.bytes(6) else { return nil }
        self.name = name
        cluster = ClusterID(row["cluster_id"])
        identity = (row["cluster_link_id"] as String?).flatMap { ClusterLinkID($0) }.map(LinkIdentity.id) ?? .name(name)
        document = LinkDocument(canonical: body)
        lastKnownHealth = Health(stored: row["health"])
        firstObservedAt = Instant(milliseconds: row["first_observed_at"])
        lastChangedAt = Instant(milliseconds: row["valid_from"])
        deletedAt = Instant(milliseconds: row["deleted_at"])
    }
}
