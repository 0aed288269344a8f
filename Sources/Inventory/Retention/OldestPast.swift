import ClusterLinks
import GRDB

/// Where the past begins, for whoever is to let go of a share of it.
enum OldestPast {
    /// From when on the past is kept; nil where nothing has happened.
    static func beginning(_ db: Database) throws -> Instant? {
        try HistoryRetention.keptFrom(db)
            ?? Int64.fetchOne(db, sql: "SELECT at FROM changes ORDER BY sequence LIMIT 1").map(
                Instant.init(milliseconds:)
            )
    }

    /// When the change happened that a share of all changes lies before; nil where it is the last of them.
    static func change(_ db: Database, after share: Double) throws -> Instant? {
        let bounds = try Row.fetchOne(db, sql: "SELECT min(sequence), max(sequence) FROM changes")
        guard let bounds, let first = bounds[0] as Int64?, let last = bounds[1] as Int64? else { return nil }
        let sequence = first + max(leastChanges, Int64(Double(last - first) * share))
        guard sequence < last else { return nil }
        return try Int64.fetchOne(
            db,
            sql: "SELECT at FROM changes WHERE sequence >= ? ORDER BY sequence LIMIT 1",
            arguments: [sequence]
        ).map(Instant.init(milliseconds:))
    }

    /// Fewer are not worth a sweep.
    private static let leastChanges: Int64 = 1000
}
