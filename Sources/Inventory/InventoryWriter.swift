import ClusterLinks
import ExactJSON
import GRDB

/// Carries out writes on the one writing connection, inside a transaction that the caller opens.
struct InventoryWriter {
    let db: Database
    /// Is told the shared rows that are used; nil while nobody asks.
    let inUse: KeysInUse?

    func perform(_ write: InventoryWrite) throws {
        switch write {
        case .cluster(let key, let description, let isConfigured):
            try execute(
                """
                INSERT INTO clusters (cluster_key, cluster_id, cluster_name, labels, endpoint_host, configured)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (cluster_key) DO UPDATE SET cluster_name = excluded.cluster_name, labels = excluded.labels,
                    endpoint_host = excluded.endpoint_host, configured = excluded.configured
                """,
                [
                    key, description.id.rawValue, description.name, description.labels.json, description.endpointHost,
                    isConfigured,
                ]
            )
        case .configured(let cluster, let from):
            try execute(
                "INSERT INTO configuration_spans (cluster_key, valid_from) VALUES (?, ?)",
                [cluster, from.milliseconds]
            )
        case .retired(let cluster, let at):
            try execute(
                "UPDATE configuration_spans SET valid_to = ? WHERE cluster_key = ? AND valid_to IS NULL",
                [at.milliseconds, cluster]
            )
            try execute("UPDATE clusters SET configured = 0 WHERE cluster_key = ?", [cluster])
        case .fleetChange(let change):
            try addChange(ChangeWrite(change))
        case .ghosts(let cluster, let json):
            try execute("UPDATE clusters SET ghosts = ? WHERE cluster_key = ?", [json, cluster])
        case .snapshotBegan(let cluster, let mark, let links, let errors):
            try execute(
                """
                INSERT INTO snapshots (cluster_key, first_observed_at, digest, link_count, error_count)
                VALUES (?, ?, ?, ?, ?)
                """,
                [cluster, mark.firstObservedAt.milliseconds, mark.digest.data, links, errors]
            )
        case .snapshotEnded(let cluster, let mark, let lastObservedAt):
            try execute(
                """
                UPDATE snapshots SET last_observed_at = ?, digest = NULL
                WHERE cluster_key = ? AND first_observed_at = ?
                """,
                [lastObservedAt.milliseconds, cluster, mark.firstObservedAt.milliseconds]
            )
        case .link(let write):
            try perform(write)
        case .run(let cluster, let run, let message):
            try perform(run, of: cluster, message: message)
        }
    }

    private func perform(_ run: PollRun, of cluster: Int64, message: String?) throws {
        try execute(
            """
            INSERT INTO poll_runs (cluster_key, first_at, last_at, count, total_duration_us, failure, http_status,
                message, stale_after_ms, successes_before)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (cluster_key, first_at) DO UPDATE SET last_at = excluded.last_at, count = excluded.count,
                total_duration_us = excluded.total_duration_us, message = excluded.message
            """,
            [
                cluster, run.firstAt.milliseconds, run.lastAt.milliseconds, run.count,
                Int64(run.totalDuration / .microseconds(1)), run.outcome.failure, run.outcome.httpStatus, message,
                run.staleAfter.milliseconds, run.successesBefore,
            ]
        )
    }

    func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Adds a change to the feed, and to what is known of the hour it happened in.
    func addChange(_ change: ChangeWrite) throws {
        try execute(
            """
            INSERT INTO changes (sequence, at, kind, cluster_key, link_key, before_key, after_key, baseline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                change.sequence, change.at.milliseconds, change.kind.stored, change.cluster, change.link,
                change.before, change.after, change.isBaseline,
            ]
        )
        try execute(
            """
            INSERT INTO change_hours (hour, first_sequence, last_sequence) VALUES (?1, ?2, ?2)
            ON CONFLICT (hour) DO UPDATE SET last_sequence = excluded.last_sequence
            """,
            [change.at.hour, change.sequence]
        )
    }

    /// The key of a content's document, stored now if the content is new.
    func documentKey(_ content: LinkContent) throws -> Int64 {
        let body = String(decoding: content.fields.encoded, as: UTF8.self)
        let hint = content.digest.hint
        let key = try key("SELECT document_key FROM documents WHERE digest = ? AND body = ?", [hint, body])
        if key == nil {
            try execute(
                "INSERT INTO documents (digest, health, body) VALUES (?, ?, ?)",
                [hint, Health(lastKnownOf: content).stored, body]
            )
        }
        return used(key ?? db.lastInsertedRowID, in: .documents)
    }

    /// The key of a list of field names.
    func fieldListKey(_ fields: [String]) throws -> Int64 {
        let text = String(decoding: JSONValue.array(fields.map(JSONValue.string)).encoded, as: UTF8.self)
        if let key = try key("SELECT field_list_key FROM field_lists WHERE fields = ?", [text]) { return key }
        try execute("INSERT INTO field_lists (fields) VALUES (?)", [text])
        return db.lastInsertedRowID
    }

    /// The key of a code, a state or a message.
    func textKey(_ text: String) throws -> Int64 {
        let key = try key("SELECT text_key FROM texts WHERE text = ?", [text])
        if key == nil { try execute("INSERT INTO texts (text) VALUES (?)", [text]) }
        return used(key ?? db.lastInsertedRowID, in: .texts)
    }

    private func used(_ key: Int64, in table: SharedTable) -> Int64 {
        inUse?.note(key, in: table)
        return key
    }

    private func key(_ sql: String, _ arguments: StatementArguments) throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }
}
