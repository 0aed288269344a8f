package import ClusterLinks
import GRDB

/// The past of the fleet, read from the database: only what is durable.
///
/// Reads run on the pool's own queues and never wait for the writer.
package struct History: Sendable {
    let pool: DatabasePool
    let documents = DocumentCache()

    /// Where a page goes on: before this row, as lists are newest first.
    package struct Position: Sendable, Hashable {
        package let at: Instant
        /// Tells rows of one instant apart.
        package let key: Int64

        package init(at: Instant, key: Int64) {
            self.at = at
            self.key = key
        }
    }

    /// Which rows of the past are asked for: `[from, to)` where they are given, at most `limit` of them.
    package struct Page: Sendable {
        package var span: (from: Instant?, to: Instant?)
        package var before: Position?
        package var limit: Int

        package init(from: Instant? = nil, to: Instant? = nil, before: Position? = nil, limit: Int = 100) {
            span = (from, to)
            self.before = before
            self.limit = limit
        }
    }

    /// Which link of a cluster: all incarnations of a name, or one of them.
    package struct LinkSelection: Sendable {
        package let cluster: ClusterID
        package let name: String
        package let id: ClusterLinkID?

        package init(cluster: ClusterID, name: String, id: ClusterLinkID? = nil) {
            self.cluster = cluster
            self.name = name
            self.id = id
        }
    }

    /// Whether any incarnation of the link was ever listed.
    package func knows(_ link: LinkSelection) async throws -> Bool {
        try await pool.read { db in try !link.incarnations(db).isEmpty }
    }
}

extension History.LinkSelection {
    /// The database's keys of the incarnations that are meant, with their `cluster_link_id`.
    func incarnations(_ db: Database) throws -> [(key: Int64, id: String?)] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT link_key, cluster_link_id FROM links JOIN clusters USING (cluster_key)
                    WHERE cluster_id = ?1 AND link_name = ?2 AND (?3 IS NULL OR cluster_link_id = ?3)
                    """
            ),
            arguments: [cluster.rawValue, name, id?.rawValue]
        ).map { ($0[0], $0[1]) }
    }
}

extension History.Page {
    /// The column that says until when a row tells; NULL in it means until now.
    enum End {
        /// The row's time ends before this instant.
        case before(String)
        /// The row was still seen at this instant.
        case seen(String)
    }

    /// The condition on a row's instant and key, newest first, and its arguments.
    func condition(at column: String, key: String, until end: End) -> (sql: String, StatementArguments) {
        var conditions = ["TRUE"]
        var arguments: StatementArguments = []
        if let to = span.to {
            conditions.append("\(column) < ?")
            arguments += [to.milliseconds]
        }
        if let from = span.from {
            switch end {
            case .before(let column): conditions.append("(\(column) IS NULL OR \(column) > ?)")
            case .seen(let column): conditions.append("(\(column) IS NULL OR \(column) >= ?)")
            }
            arguments += [from.milliseconds]
        }
        if let before {
            conditions.append("(\(column), \(key)) < (?, ?)")
            arguments += [before.at.milliseconds, before.key]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }
}
