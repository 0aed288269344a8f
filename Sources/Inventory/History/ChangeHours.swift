import ClusterLinks
import GRDB

/// Finds changes by their instants through what is kept of each hour, as changes are only nearly in order of time.
enum ChangeHours {
    /// Numbers among which all changes of a span `(after, through]` are; nil where there are none.
    static func sequences(_ db: Database, after: Instant, through: Instant) throws -> ClosedRange<Int64>? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(first_sequence), max(last_sequence) FROM change_hours WHERE hour >= ? AND hour <= ?
                    """
            ),
            arguments: [after.hour, through.hour]
        )
        guard let row, let first = row[0] as Int64?, let last = row[1] as Int64? else { return nil }
        return first...last
    }

    /// The greatest number such that no change up to it happened at or after an instant.
    static func lastSequence(_ db: Database, before instant: Instant) throws -> Int64 {
        let last = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(sequence) FROM changes")) ?? 0
        let first = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT min(first_sequence) FROM change_hours WHERE hour >= ?"),
            arguments: [instant.hour]
        )
        guard let first else { return last }
        let next = try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT sequence FROM changes WHERE sequence >= ? AND at >= ? ORDER BY sequence LIMIT 1"
            ),
            arguments: [first, instant.milliseconds]
        )
        return next.map { $0 - 1 } ?? last
    }
}
