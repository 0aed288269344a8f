import Alerting
import ClusterLinks
import ExactJSON
import GRDB
import Logging

extension InventoryStore {
    /// The oldest notification that a receiver has not been brought yet, read beside the writer.
    package nonisolated func oldestNotification(for receiver: String) async throws -> WaitingNotification? {
        try await database.pool.read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM notifications WHERE receiver = ? AND ended_at IS NULL
                        ORDER BY notification_key LIMIT 1
                        """
                ),
                arguments: [receiver]
            )
            guard let row else { return nil }
            return WaitingNotification(
                id: row["notification_id"],
                receiver: receiver,
                body: Array((try row.text("body") ?? "").utf8),
                at: Instant(milliseconds: row["at"]),
                attempts: row["attempts"],
                nextAttemptAt: row.instant("next_attempt_at")
            )
        }
    }

    /// Gives up what waits for receivers that are no longer configured: nobody will ever bring it.
    func forgetReceivers(allBut targets: [NotificationTarget]) {
        let names = JSONValue.array(targets.map { .string($0.name) })
        do {
            try database.pool.write { db in
                try db.execute(
                    sql: """
                        UPDATE notifications SET ended_at = ?, failure = 'receiver_removed', body = NULL
                        WHERE ended_at IS NULL AND receiver NOT IN (SELECT value FROM json_each(?))
                        """,
                    arguments: [time.now().milliseconds, String(decoding: names.encoded, as: UTF8.self)]
                )
            }
        } catch {
            // They stay in the outbox and hurt nobody; the next configuration tries again.
            logger.error(
                "notifications of receivers that are gone cannot be given up",
                metadata: ["database.error": "\(error)"]
            )
        }
    }

    /// Keeps what became of an attempt.
    /// - Throws: an error of SQLite's; then the attempt counts as not made.
    package func record(_ end: NotificationEnd, of id: String, for receiver: String) throws {
        let now = time.now()
        try database.pool.write { db in
            switch end {
            case .delivered, .givenUp:
                let failure: String? = if case .givenUp(let reason) = end { reason } else { nil }
                try db.execute(
                    sql: """
                        UPDATE notifications SET ended_at = ?, failure = ?, body = NULL, next_attempt_at = NULL
                        WHERE notification_id = ? AND receiver = ?
                        """,
                    arguments: [now.milliseconds, failure, id, receiver]
                )
            case .postponed(let attempts, let until):
                try db.execute(
                    sql: """
                        UPDATE notifications SET attempts = ?, next_attempt_at = ?
                        WHERE notification_id = ? AND receiver = ?
                        """,
                    arguments: [attempts, until.milliseconds, id, receiver]
                )
            }
        }
    }
}
