package import Alerting
package import ClusterLinks
import ExactJSON
import GRDB

extension History {
    /// Silences that are in one of these states at an instant, those that end last first.
    /// - Parameter position: a page goes on after this one: its `ends_at` and its id.
    package func silences(
        _ states: Set<Silence.State> = Set(Silence.State.allCases),
        at now: Instant,
        after position: AlertPosition? = nil,
        limit: Int = 100
    ) async throws -> [Silence] {
        let words = JSONValue.array(states.map { .string($0.rawValue) })
        return try await pool.read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM silences
                        WHERE CASE WHEN starts_at > ?1 THEN 'pending' WHEN ends_at > ?1 THEN 'active' ELSE 'expired' END
                            IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR (ends_at, silence_id) < (?3, ?4))
                        ORDER BY ends_at DESC, silence_id DESC LIMIT ?5
                        """
                ),
                arguments: [
                    now.milliseconds, String(decoding: words.encoded, as: UTF8.self), position?.at.milliseconds,
                    position?.id, limit,
                ]
            ).compactMap(Silence.init)
        }
    }

    /// One silence; nil where none has the id.
    package func silence(_ id: String) async throws -> Silence? {
        try await pool.read { db in
            try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM silences WHERE silence_id = ?"), arguments: [id])
                .flatMap(Silence.init)
        }
    }
}
