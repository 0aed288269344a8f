package import ClusterLinks
import ExactJSON
import GRDB

extension History {
    /// What of the outbox one receiver has still to be brought.
    package struct WaitingLine: Sendable, Hashable {
        package let receiver: String
        package let count: Int
        /// When the oldest was to be told.
        package let oldestAt: Instant
    }

    /// How much waits, of each receiver for which anything does.
    ///
    /// Counted in the index of what waits, so that it costs little however much was ever told.
    package func waitingNotifications() async throws -> [WaitingLine] {
        try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT line.receiver, waiting, at FROM (
                            SELECT receiver, count(*) AS waiting, min(notification_key) AS oldest
                            FROM notifications WHERE ended_at IS NULL GROUP BY receiver
                        ) AS line JOIN notifications ON notification_key = oldest
                        """
                )
            ).map { row in
                WaitingLine(receiver: row[0], count: row[1], oldestAt: Instant(milliseconds: row[2]))
            }
        }
    }

    /// How many things were, or are, to be told of each of these incidents; those of which nothing was are left out.
    package func notificationCounts(ofIncidents ids: [String]) async throws -> [String: Int] {
        let words = JSONValue.array(ids.map(JSONValue.string))
        return try await pool.read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT incident_id, count(*) FROM \(NotificationRow.source)
                        WHERE incident_id IN (SELECT value FROM json_each(?)) GROUP BY incident_key
                        """
                ),
                arguments: [String(decoding: words.encoded, as: UTF8.self)]
            )
            return Dictionary(rows.map { ($0[0], $0[1]) }) { $1 }
        }
    }
}
