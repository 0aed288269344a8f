import GRDB

/// A row that is to be deleted, by its table and key.
enum ExpiredRow: Sendable, Hashable {
    case change(sequence: Int64)
    case changeHour(Int64)
    case message(link: Int64, at: Int64)
    case episode(link: Int64, startedAt: Int64)
    case version(link: Int64, from: Int64)
    /// A version without a document; with a link's last row the link itself is forgotten.
    case absence(link: Int64, from: Int64)
    case snapshot(cluster: Int64, firstObservedAt: Int64)
    case pollRun(cluster: Int64, firstAt: Int64)
    case configurationSpan(cluster: Int64, from: Int64)
    /// An incident with what was told of it, and the parts that alerts had in it.
    case incident(Int64)
    case alertEvent(Int64)
    /// An alert whose incident and events have gone.
    case alert(Int64)
    /// All silences that ended at that millisecond.
    case silence(end: Int64)
    case auditEntry(Int64)
    /// A row that others refer to by its key, if none does.
    case shared(SharedTable, key: Int64)
}

extension ExpiredRow {
    /// The link of a version.
    var versionsLink: Int64? {
        switch self {
        case .version(let link, _), .absence(let link, _): link
        case .change, .changeHour, .message, .episode, .snapshot, .pollRun, .configurationSpan, .incident, .alertEvent,
            .alert, .silence, .auditEntry, .shared:
            nil
        }
    }

    func delete(_ db: Database) throws {
        switch self {
        case .change(let sequence):
            try Self.execute(db, "DELETE FROM changes WHERE sequence = ?", sequence)
        case .changeHour(let hour):
            try Self.execute(db, "DELETE FROM change_hours WHERE hour = ?", hour)
        case .message(let link, let at):
            try Self.execute(db, "DELETE FROM episode_messages WHERE link_key = ? AND at = ?", link, at)
        case .episode(let link, let start):
            try Self.execute(db, "DELETE FROM error_episodes WHERE link_key = ? AND started_at = ?", link, start)
        case .version(let link, let from):
            try Self.execute(db, "DELETE FROM versions WHERE link_key = ? AND valid_from = ?", link, from)
        case .absence(let link, let from):
            try Self.execute(db, "DELETE FROM versions WHERE link_key = ? AND valid_from = ?", link, from)
            try Self.forgetIfEmpty(db, link)
        case .snapshot(let cluster, let first):
            try Self.execute(
                db,
                "DELETE FROM snapshots WHERE cluster_key = ? AND first_observed_at = ?",
                cluster,
                first
            )
        case .pollRun(let cluster, let first):
            try Self.execute(db, "DELETE FROM poll_runs WHERE cluster_key = ? AND first_at = ?", cluster, first)
        case .configurationSpan(let cluster, let from):
            try Self.execute(
                db,
                "DELETE FROM configuration_spans WHERE cluster_key = ? AND valid_from = ?",
                cluster,
                from
            )
        case .incident(let key):
            try Self.execute(db, "DELETE FROM notifications WHERE incident_key = ?", key)
            try Self.execute(db, "DELETE FROM incident_alerts WHERE incident_key = ?", key)
            try Self.execute(
                db,
                "DELETE FROM told WHERE incident_id = (SELECT incident_id FROM incidents WHERE incident_key = ?)",
                key
            )
            try Self.execute(db, "DELETE FROM incidents WHERE incident_key = ?", key)
        case .alertEvent(let key):
            try Self.execute(db, "DELETE FROM alert_events WHERE event_key = ?", key)
        case .alert(let key):
            try Self.execute(
                db,
                "DELETE FROM told WHERE alert_id = (SELECT alert_id FROM alerts WHERE alert_key = ?)",
                key
            )
            try Self.execute(db, "DELETE FROM alerts WHERE alert_key = ?", key)
        case .silence(let end):
            try Self.execute(db, "DELETE FROM silences WHERE ends_at = ?", end)
        case .auditEntry(let key):
            try Self.execute(db, "DELETE FROM audit WHERE audit_key = ?", key)
        case .shared(let table, let key):
            try Self.execute(db, "DELETE FROM \(table.rawValue) WHERE \(table.key) = ?", key)
        }
    }

    /// A link of which no version is left is forgotten; it may have come back since the absence was found.
    private static func forgetIfEmpty(_ db: Database, _ link: Int64) throws {
        try execute(
            db,
            "DELETE FROM links WHERE link_key = ?1 AND NOT EXISTS (SELECT 1 FROM versions WHERE link_key = ?1)",
            link
        )
        guard db.changesCount > 0 else { return }
        // Its episodes ended with it at the latest, and so went before it.
        try execute(db, "DELETE FROM episode_messages WHERE link_key = ?", link)
        try execute(db, "DELETE FROM error_episodes WHERE link_key = ?", link)
    }

    private static func execute(_ db: Database, _ sql: String, _ keys: Int64...) throws {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(keys))
    }
}
