import ClusterLinks
import GRDB

/// Finds what ended before a cutoff, in batches: whoever deletes a batch finds the next by asking again.
///
/// Nothing of the present is found: the versions and episodes that go on, the current snapshots, the polls from which a
/// start takes up how the clusters stand.
struct ExpiredRows: Sendable {
    /// What is looked for, in the order in which it can be deleted: at any moment, what is left holds together.
    enum Kind: Sendable, CaseIterable {
        case changes, changeHours, episodes, versions, snapshots, pollRuns, configurationSpans
        case incidents, alertEvents, alerts, silences, audit
    }

    let cutoff: Instant
    /// The last change that goes.
    ///
    /// The feed has no holes, so the first that is young enough keeps all that follow it; and its last change stays
    /// always, as numbering goes on from it.
    let lastChange: Int64
    /// Before when versions go: a change that stays tells what its version says of it.
    let versionCutoff: Instant

    init(_ db: Database, before cutoff: Instant) throws {
        self.cutoff = cutoff
        let last = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(sequence) FROM changes")) ?? 0
        lastChange = min(try ChangeHours.lastSequence(db, before: cutoff), last - 1)
        let straggler = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(at) FROM changes WHERE at < ?1 AND sequence > ?2
                        AND sequence <= (SELECT max(last_sequence) FROM change_hours WHERE hour <= ?3)
                    """
            ),
            arguments: [cutoff.milliseconds, lastChange, cutoff.hour]
        )
        versionCutoff = straggler.map { min(cutoff, Instant(milliseconds: $0)) } ?? cutoff
    }

    /// At most about so many rows of a kind.
    /// - Parameter link: the first link to look at; those before it have nothing to go any more.
    func batch(_ db: Database, of kind: Kind, fromLink link: Int64, limit: Int) throws -> [ExpiredRow] {
        switch kind {
        case .changes:
            try rows(
                db,
                "SELECT sequence FROM changes WHERE sequence <= ? ORDER BY sequence LIMIT ?",
                [lastChange, limit]
            ) { .change(sequence: $0[0]) }
        case .changeHours:
            try rows(
                db,
                "SELECT hour FROM change_hours WHERE hour <= ? AND last_sequence <= ? LIMIT ?",
                [cutoff.hour, lastChange, limit]
            ) { .changeHour($0[0]) }
        case .episodes: try episodes(db, limit: limit)
        case .versions: try versions(db, fromLink: link, limit: limit)
        case .snapshots:
            try rows(
                db,
                """
                SELECT cluster_key, first_observed_at FROM clusters CROSS JOIN snapshots USING (cluster_key)
                WHERE first_observed_at < ?1 AND last_observed_at < ?1 LIMIT ?2
                """,
                [cutoff.milliseconds, limit]
            ) { .snapshot(cluster: $0[0], firstObservedAt: $0[1]) }
        case .pollRuns: try pollRuns(db, limit: limit)
        case .configurationSpans:
            try rows(
                db,
                """
                SELECT cluster_key, valid_from FROM configuration_spans AS span WHERE valid_to < ? AND valid_from <
                    (SELECT max(valid_from) FROM configuration_spans AS last WHERE last.cluster_key = span.cluster_key)
                LIMIT ?
                """,
                [cutoff.milliseconds, limit]
            ) { .configurationSpan(cluster: $0[0], from: $0[1]) }
        case .incidents:
            try rows(
                db,
                "SELECT incident_key FROM incidents WHERE closed_at < ? LIMIT ?",
                [cutoff.milliseconds, limit]
            ) {
                .incident($0[0])
            }
        case .alertEvents:
            try rows(
                db,
                """
                SELECT event_key FROM alerts CROSS JOIN alert_events USING (alert_key) WHERE \(Self.expiredAlert) LIMIT ?
                """,
                [cutoff.milliseconds, limit]
            ) { .alertEvent($0[0]) }
        case .alerts:
            try rows(
                db,
                "SELECT alert_key FROM alerts WHERE \(Self.expiredAlert) LIMIT ?",
                [cutoff.milliseconds, limit]
            ) { .alert($0[0]) }
        case .silences:
            try rows(
                db,
                "SELECT DISTINCT ends_at FROM silences WHERE ends_at < ? LIMIT ?",
                [cutoff.milliseconds, limit]
            ) { .silence(end: $0[0]) }
        case .audit:
            try rows(db, "SELECT audit_key FROM audit WHERE at < ? LIMIT ?", [cutoff.milliseconds, limit]) {
                .auditEntry($0[0])
            }
        }
    }

    /// One that is over, and whose incident is or never was.
    private static let expiredAlert = """
        resolved_at < ? AND NOT EXISTS (SELECT 1 FROM incident_alerts AS part WHERE part.alert_key = alerts.alert_key)
        """

    private func rows(
        _ db: Database,
        _ sql: String,
        _ arguments: StatementArguments,
        _ row: (Row) -> ExpiredRow
    ) throws -> [ExpiredRow] {
        var found: [ExpiredRow] = []
        let cursor = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
        while let next = try cursor.next() { found.append(row(next)) }
        return found
    }

    /// Of each link the rows before the one that held just before the cutoff; and that one too if it is an absence.
    private func versions(_ db: Database, fromLink link: Int64, limit: Int) throws -> [ExpiredRow] {
        try rows(
            db,
            """
            SELECT versions.link_key, versions.valid_from, versions.document_key IS NULL
            FROM links CROSS JOIN versions ON versions.link_key = links.link_key
            WHERE links.link_key >= ?1 AND versions.valid_from <
                (SELECT valid_from + (document_key IS NULL) FROM versions AS last
                    WHERE last.link_key = links.link_key AND last.valid_from < ?2 ORDER BY last.valid_from DESC LIMIT 1)
            ORDER BY links.link_key, versions.valid_from LIMIT ?3
            """,
            [link, versionCutoff.milliseconds, limit]
        ) { row in
            row[2] ? .absence(link: row[0], from: row[1]) : .version(link: row[0], from: row[1])
        }
    }

    /// Episodes, each after its messages: one that is cut off here is found again with the rest of them.
    private func episodes(_ db: Database, limit: Int) throws -> [ExpiredRow] {
        var found: [ExpiredRow] = []
        let messages = try db.cachedStatement(
            sql: "SELECT at FROM episode_messages WHERE link_key = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?"
        )
        let episodes = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT link_key, started_at, ended_at FROM error_episodes WHERE started_at < ?1 AND ended_at < ?1
                    ORDER BY started_at
                    """
            ),
            arguments: [cutoff.milliseconds]
        )
        while found.count < limit, let episode = try episodes.next() {
            let (link, start, end): (Int64, Int64, Int64) = (episode[0], episode[1], episode[2])
            let room = limit - found.count
            let told = try Int64.fetchAll(messages, arguments: [link, start, end, room])
            found += told.map { .message(link: link, at: $0) }
            if told.count < room { found.append(.episode(link: link, startedAt: start)) }
        }
        return found
    }

    private func pollRuns(_ db: Database, limit: Int) throws -> [ExpiredRow] {
        let clusters = try Int64.fetchAll(db.cachedStatement(sql: "SELECT cluster_key FROM clusters"))
        var found: [ExpiredRow] = []
        for cluster in clusters where found.count < limit {
            found += try pollRuns(db, of: cluster, limit: limit - found.count)
        }
        return found
    }

    /// Stay: what was known at the cutoff, the last failure, and the last success with all that came after it, which a
    /// start counts.
    private func pollRuns(_ db: Database, of cluster: Int64, limit: Int) throws -> [ExpiredRow] {
        func last(_ condition: String, through instant: Int64 = .max) throws -> Int64? {
            try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT first_at FROM poll_runs WHERE cluster_key = ? AND first_at <= ? AND \(condition)
                        ORDER BY first_at DESC LIMIT 1
                        """
                ),
                arguments: [cluster, instant]
            )
        }
        guard let success = try last("failure IS NULL") else { return [] }
        return try rows(
            db,
            """
            SELECT first_at FROM poll_runs WHERE cluster_key = ?1 AND first_at < ?2 AND last_at < ?3
                AND first_at NOT IN (?4, ?5) ORDER BY first_at LIMIT ?6
            """,
            [
                cluster, min(success, cutoff.milliseconds), cutoff.milliseconds,
                try last("failure IS NULL", through: cutoff.milliseconds) ?? success,
                try last("failure IS NOT NULL") ?? success, limit,
            ]
        ) { .pollRun(cluster: cluster, firstAt: $0[0]) }
    }
}
