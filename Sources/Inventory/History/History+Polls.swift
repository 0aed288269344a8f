package import ClusterLinks
import GRDB

/// A set of links that successive polls returned alike.
package struct SnapshotRow: Sendable {
    package let firstObservedAt: Instant
    package let lastObservedAt: Instant
    package let isCurrent: Bool
    package let linkCount: Int
    package let errorCount: Int
}

extension History {
    /// The distinct snapshots of a cluster, newest first.
    package func snapshots(of cluster: ClusterID, page: Page) async throws -> [SnapshotRow] {
        let (condition, arguments) = page.condition(at: "first_observed_at", key: "0", until: .seen("last_observed_at"))
        return try await pool.read { db in
            let lastSuccess = try Int64.fetchOne(
                db,
                sql: """
                    SELECT last_at FROM poll_runs JOIN clusters USING (cluster_key)
                    WHERE cluster_id = ? AND failure IS NULL ORDER BY first_at DESC LIMIT 1
                    """,
                arguments: [cluster.rawValue]
            )
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT snapshots.* FROM snapshots JOIN clusters USING (cluster_key)
                    WHERE cluster_id = ? AND \(condition) ORDER BY first_observed_at DESC LIMIT \(page.limit)
                    """,
                arguments: [cluster.rawValue] + arguments
            ).map { row in
                let first: Int64 = row["first_observed_at"]
                let last: Int64? = row["last_observed_at"]
                return SnapshotRow(
                    firstObservedAt: Instant(milliseconds: first),
                    lastObservedAt: Instant(milliseconds: last ?? max(lastSuccess ?? first, first)),
                    isCurrent: last == nil,
                    linkCount: row["link_count"],
                    errorCount: row["error_count"]
                )
            }
        }
    }

    /// The runs of equal polls of a cluster, newest first; those that overlap the page's span.
    package func pollRuns(of cluster: ClusterID, page: Page) async throws -> [PollRunRow] {
        try await pool.read { db in try PollRunRow.page(db, of: cluster, page) }
    }
}

extension PollRunRow {
    static func page(_ db: Database, of cluster: ClusterID, _ page: History.Page) throws -> [PollRunRow] {
        let (condition, arguments) = History.Page(to: page.span.to, before: page.before)
            .condition(at: "first_at", key: "0", until: .seen("last_at"))
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT poll_runs.* FROM poll_runs JOIN clusters USING (cluster_key)
                WHERE cluster_id = ? AND \(condition) ORDER BY first_at DESC
                """,
            arguments: [cluster.rawValue] + arguments
        )
        var rows: [PollRunRow] = []
        while rows.count < page.limit, let row = try cursor.next().map(PollRunRow.init) {
            // Runs do not overlap: what is older ended earlier still.
            if let from = page.span.from, row.run.lastAt < from { break }
            rows.append(row)
        }
        return rows
    }
}
