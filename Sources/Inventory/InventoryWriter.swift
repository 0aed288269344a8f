import ClusterLinks
import ExactJSON
import GRDB

/// Carries out writes on the one writing connection, inside a transaction that the caller opens.
///
/// It lives no longer than the transaction: what it remembers of the database would not hold after a rollback. Once all
/// writes are carried out, `finish` stores what is told for all of them together.
final class InventoryWriter {
    let db: Database
    /// Is told the shared rows that are used; nil while nobody asks.
    private let inUse: KeysInUse?
    /// By the UTF-8 of the texts, as two spellings of one character are two texts.
    private var fieldListKeys: [[UInt8]: Int64] = [:]
    private var textKeys: [[UInt8]: Int64] = [:]
    private var statements: [UnsafePointer<UInt8>: KeptStatement] = [:]
    private var hours: [Int64: (first: Int64, last: Int64)] = [:]

    init(db: Database, inUse: KeysInUse?) {
        self.db = db
        self.inUse = inUse
    }

    func perform(_ write: InventoryWrite) throws {
        switch write {
        case .cluster(let key, let description, let isConfigured):
            try run(
                """
                INSERT INTO clusters (cluster_key, cluster_id, cluster_name, labels, endpoint_host, configured)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (cluster_key) DO UPDATE SET cluster_name = excluded.cluster_name, labels = excluded.labels,
                    endpoint_host = excluded.endpoint_host, configured = excluded.configured
                """,
                key,
                description.id.rawValue,
                description.name,
                description.labels.json,
                description.endpointHost,
                isConfigured
            )
        case .configured(let cluster, let from):
            try run(
                "INSERT INTO configuration_spans (cluster_key, valid_from) VALUES (?, ?)",
                cluster,
                from.milliseconds
            )
        case .retired(let cluster, let at):
            try run(
                "UPDATE configuration_spans SET valid_to = ? WHERE cluster_key = ? AND valid_to IS NULL",
                at.milliseconds,
                cluster
            )
            try run("UPDATE clusters SET configured = 0 WHERE cluster_key = ?", cluster)
        case .fleetChange(let change):
            try addChange(ChangeWrite(change))
        case .ghosts(let cluster, let json):
            try run("UPDATE clusters SET ghosts = ? WHERE cluster_key = ?", json, cluster)
        case .snapshotBegan(let cluster, let mark, let links, let errors):
            try run(
                """
                INSERT INTO snapshots (cluster_key, first_observed_at, digest, link_count, error_count)
                VALUES (?, ?, ?, ?, ?)
                """,
                cluster,
                mark.firstObservedAt.milliseconds,
                StoredBlob(bytes: mark.digest.bytes),
                links,
                errors
            )
        case .snapshotEnded(let cluster, let mark, let lastObservedAt):
            try run(
                """
                UPDATE snapshots SET last_observed_at = ?, digest = NULL
                WHERE cluster_key = ? AND first_observed_at = ?
                """,
                lastObservedAt.milliseconds,
                cluster,
                mark.firstObservedAt.milliseconds
            )
        case .link(let write):
            try perform(write)
        case .run(let cluster, let run, let message):
            try perform(run, of: cluster, message: message)
        }
    }

    private func perform(_ polls: PollRun, of cluster: Int64, message: String?) throws {
        try run(
            """
            INSERT INTO poll_runs (cluster_key, first_at, last_at, count, total_duration_us, failure, http_status,
                message, stale_after_ms, successes_before)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (cluster_key, first_at) DO UPDATE SET last_at = excluded.last_at, count = excluded.count,
                total_duration_us = excluded.total_duration_us, message = excluded.message
            """,
            cluster,
            polls.firstAt.milliseconds,
            polls.lastAt.milliseconds,
            polls.count,
            Int64(polls.totalDuration / .microseconds(1)),
            polls.outcome.failure,
            polls.outcome.httpStatus,
            message,
            polls.staleAfter.milliseconds,
            polls.successesBefore
        )
    }

    /// Carries out a statement, which is prepared once and found again by the address of its text.
    func run<each Value: StatementValue>(_ sql: StaticString, _ values: repeat each Value) throws {
        try statement(sql).run(repeat each values)
    }

    private func integer<each Value: StatementValue>(_ sql: StaticString, _ values: repeat each Value) throws -> Int64?
    {
        try statement(sql).integer(repeat each values)
    }

    private func statement(_ sql: StaticString) throws -> KeptStatement {
        if let kept = statements[sql.utf8Start] { return kept }
        let kept = try KeptStatement(db, sql: "\(sql)")
        statements[sql.utf8Start] = kept
        return kept
    }

    /// Adds a change to the feed; `finish` adds it to what is known of the hour it happened in.
    func addChange(_ change: ChangeWrite) throws {
        try run(
            """
            INSERT INTO changes (sequence, at, kind, cluster_key, link_key, before_key, after_key, baseline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            change.sequence,
            change.at.milliseconds,
            change.kind.stored,
            change.cluster,
            change.link,
            change.before,
            change.after,
            change.isBaseline
        )
        guard let sequence = change.sequence else { return }
        hours[change.at.hour, default: (sequence, sequence)].last = sequence
    }

    /// Stores what is known of the hours in which changes happened; afterwards nothing more may be written.
    func finish() throws {
        for (hour, sequences) in hours {
            try run(
                """
                INSERT INTO change_hours (hour, first_sequence, last_sequence) VALUES (?, ?, ?)
                ON CONFLICT (hour) DO UPDATE SET last_sequence = excluded.last_sequence
                """,
                hour,
                sequences.first,
                sequences.last
            )
        }
    }

    /// The key of a content's document, stored now if the content is new.
    func documentKey(_ content: LinkContent) throws -> Int64 {
        let body = StoredText(utf8: content.encoded)
        let hint = content.digest.hint
        let key = try integer("SELECT document_key FROM documents WHERE digest = ? AND body = ?", hint, body)
        if key == nil {
            try run(
                "INSERT INTO documents (digest, health, body) VALUES (?, ?, ?)",
                hint,
                Health(lastKnownOf: content).stored,
                body
            )
        }
        return used(key ?? db.lastInsertedRowID, in: .documents)
    }

    /// The key of the document that a link has shown last; nil where it is not listed.
    func latestDocumentKey(ofLink key: Int64) throws -> Int64? {
        try integer("SELECT document_key FROM versions WHERE link_key = ? ORDER BY valid_from DESC LIMIT 1", key)
            .map { used($0, in: .documents) }
    }

    /// The key of the document with which a version of a link began; nil where none began then.
    func documentKey(ofLink key: Int64, from instant: Int64) throws -> Int64? {
        try integer("SELECT document_key FROM versions WHERE link_key = ? AND valid_from = ?", key, instant)
            .map { used($0, in: .documents) }
    }

    /// The key of a list of field names.
    func fieldListKey(_ fields: [String]) throws -> Int64 {
        let text = JSONValue.array(fields.map(JSONValue.string)).encoded
        if let key = fieldListKeys[text] { return key }
        let list = StoredText(utf8: text)
        let key = try integer("SELECT field_list_key FROM field_lists WHERE fields = ?", list)
        if key == nil { try run("INSERT INTO field_lists (fields) VALUES (?)", list) }
        let stored = key ?? db.lastInsertedRowID
        fieldListKeys[text] = stored
        return stored
    }

    /// The key of a code, a state or a message.
    func textKey(_ text: String) throws -> Int64 {
        let bytes = Array(text.utf8)
        if let key = textKeys[bytes] { return key }
        let key = try integer("SELECT text_key FROM texts WHERE text = ?", text)
        if key == nil { try run("INSERT INTO texts (text) VALUES (?)", text) }
        let stored = used(key ?? db.lastInsertedRowID, in: .texts)
        textKeys[bytes] = stored
        return stored
    }

    private func used(_ key: Int64, in table: SharedTable) -> Int64 {
        inUse?.note(key, in: table)
        return key
    }
}
