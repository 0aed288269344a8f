package import Alerting
package import ClusterLinks
import ExactJSON
import GRDB
import Logging

/// Why what a person asked for was not done.
package enum PeopleFault: Error {
    /// No alert, or no silence, has the id.
    case unknown(id: String)
    case refused(SuppressionFault)
    /// A silence that is over cannot be ended.
    case silenceIsOver(id: String, endedAt: Instant)
    /// The database refuses writes: nothing was kept, and nothing follows from it.
    case notStored(reason: String)
}

/// What people do about alerts: each is durable, with its entry in the audit, before it has any effect.
extension InventoryStore {
    /// Takes down that someone takes care of an alert, which suppresses its notifications until it resolves.
    ///
    /// A second acknowledgement takes the place of the first.
    /// - Parameter make: makes it of the alert as it is now.
    package func acknowledge(
        _ id: String,
        actor: String,
        peer: String? = nil,
        make: @Sendable (Alert, Instant) throws(SuppressionFault) -> Acknowledgement
    ) async throws(PeopleFault) -> Acknowledgement {
        let alert = try storedAlert(id)
        let count = observations(of: alert)
        let now = time.now()
        let acknowledgement: Acknowledgement
        do throws(SuppressionFault) { acknowledgement = try make(alert, now) } catch { throw .refused(error) }
        let entry = AuditEntry(
            at: now,
            actor: actor,
            peer: peer,
            action: "alert.acknowledge",
            target: id,
            detail: acknowledgement.json.text
        )
        try store(entry) { db in
            try db.execute(
                sql: """
                    UPDATE alerts SET acknowledged_at = ?, acknowledged_by = ?, acknowledgement = ? WHERE alert_id = ?
                    """,
                arguments: [acknowledgement.at.milliseconds, acknowledgement.by, acknowledgement.comment, id]
            )
            try Self.addEvent(
                "acknowledged",
                to: id,
                at: now,
                observations: count,
                message: "\(acknowledgement.by): \(acknowledgement.comment)",
                db
            )
        }
        desk.set(acknowledgement, of: id)
        await settle(at: now)
        return acknowledgement
    }

    /// Takes an acknowledgement back, so that the alert's notifications go on.
    package func withdrawAcknowledgement(
        of id: String,
        actor: String,
        peer: String? = nil
    ) async throws(PeopleFault) {
        let alert = try storedAlert(id)
        guard alert.isOpen else { throw .refused(.alreadyResolved(alert: id)) }
        let count = observations(of: alert)
        let now = time.now()
        let entry = AuditEntry(
            at: now,
            actor: actor,
            peer: peer,
            action: "alert.withdraw",
            target: id,
            detail: "{}"
        )
        try store(entry) { db in
            try db.execute(
                sql: """
                    UPDATE alerts SET acknowledged_at = NULL, acknowledged_by = NULL, acknowledgement = NULL
                    WHERE alert_id = ?
                    """,
                arguments: [id]
            )
            try Self.addEvent("acknowledgement_withdrawn", to: id, at: now, observations: count, message: actor, db)
        }
        desk.set(nil, of: id)
        await settle(at: now)
    }

    /// Keeps a silence.
    /// - Parameter make: makes it with its id, as of now.
    package func silence(
        actor: String,
        peer: String? = nil,
        make: @Sendable (String, Instant) throws(SuppressionFault) -> Silence
    ) async throws(PeopleFault) -> Silence {
        let now = time.now()
        let id = String(UInt64.random(in: .min ... .max), radix: 16)
        let silence: Silence
        do throws(SuppressionFault) {
            silence = try make(String(repeating: "0", count: 16 - id.count) + id, now)
        } catch {
            throw .refused(error)
        }
        try store(silence, as: "silence.create", by: actor, from: peer, at: now)
        await settle(at: now)
        return silence
    }

    /// Ends a silence now; it stays to be read.
    package func endSilence(_ id: String, actor: String, peer: String? = nil) async throws(PeopleFault) -> Silence {
        let now = time.now()
        let stored: Silence?
        do {
            stored = try await database.pool.read { db in
                try Row.fetchOne(db, sql: "SELECT * FROM silences WHERE silence_id = ?", arguments: [id])
                    .flatMap(Silence.init)
            }
        } catch {
            throw .notStored(reason: "\(error)")
        }
        guard let stored else { throw .unknown(id: id) }
        guard stored.endsAt > now else { throw .silenceIsOver(id: id, endedAt: stored.endsAt) }
        let silence = stored.ended(at: now)
        try store(silence, as: "silence.end", by: actor, from: peer, at: now)
        await settle(at: now)
        return silence
    }

    /// Keeps who asks for something before it is done elsewhere: durable when this returns.
    /// - Throws: `notStored`; then it is not to be done.
    package func announce(_ entry: AuditEntry) throws(PeopleFault) { try store(entry) { _ in } }

    /// Keeps that something was asked for that is done in any case: while the database refuses it, the log alone tells.
    package func note(_ entry: AuditEntry) {
        do throws(PeopleFault) {
            try store(entry) { _ in }
        } catch {
            // The log was told with the entry.
        }
    }

    private func store(
        _ silence: Silence,
        as action: String,
        by actor: String,
        from peer: String?,
        at now: Instant
    ) throws(PeopleFault) {
        let entry = AuditEntry(
            at: now,
            actor: actor,
            peer: peer,
            action: action,
            target: silence.id,
            detail: silence.json.text
        )
        let matchers = JSONValue.array(silence.matchers.map { .object($0.json) })
        try store(entry) { db in
            try db.execute(
                sql: """
                    INSERT INTO silences (silence_id, matchers, starts_at, ends_at, created_by, comment)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (silence_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at
                    """,
                arguments: [
                    silence.id, String(decoding: matchers.encoded, as: UTF8.self), silence.startsAt.milliseconds,
                    silence.endsAt.milliseconds, silence.createdBy, silence.comment,
                ]
            )
        }
        desk.set(silence, at: now)
    }

    /// The alert as it is stored, after all that waits is.
    private func storedAlert(_ id: String) throws(PeopleFault) -> Alert {
        storeSightings()
        do {
            let alert = try database.pool.read { db in
                try Row.fetchOne(
                    db,
                    sql: "SELECT \(Alert.columns) FROM \(Alert.source) WHERE alert_id = ?",
                    arguments: [id]
                ).flatMap(Alert.init)
            }
            if let alert { return alert }
        } catch {
            throw .notStored(reason: "\(error)")
        }
        throw .unknown(id: id)
    }

    private func store(_ entry: AuditEntry, _ write: (Database) throws -> Void) throws(PeopleFault) {
        do {
            try database.pool.write { db in
                try write(db)
                try db.execute(
                    sql: "INSERT INTO audit (at, actor, peer, action, target, detail) VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        entry.at.milliseconds, entry.actor, entry.peer, entry.action, entry.target, entry.detail,
                    ]
                )
            }
            logger.notice("audit", metadata: entry.metadata)
        } catch {
            logger.error(
                "audit entry is not stored",
                metadata: entry.metadata.merging(["database.error": "\(error)"]) { $1 }
            )
            throw .notStored(reason: "\(error)")
        }
    }

    /// With those that brought no news, which no row counts.
    private func observations(of alert: Alert) -> Int {
        alert.observations(upTo: clusters[alert.subject.cluster]?.ledger.observations ?? 0)
    }

    private static func addEvent(
        _ kind: String,
        to alert: String,
        at instant: Instant,
        observations: Int,
        message: String,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO alert_events (alert_key, at, kind, observations, message)
                SELECT alert_key, ?, ?, ?, ? FROM alerts WHERE alert_id = ?
                """,
            arguments: [instant.milliseconds, kind, observations, message, alert]
        )
    }

    /// Lets follow what follows from what was done: what is no longer suppressed is told now.
    private func settle(at now: Instant) async {
        showAlerts(of: [])
        decide(at: now)
        await commit()
    }
}

extension AuditEntry {
    /// Its detail is left to the table: it may be long.
    fileprivate var metadata: Logger.Metadata {
        [
            "audit.actor": "\(actor)", "audit.peer": "\(peer ?? "")", "audit.action": "\(action)",
            "audit.target": "\(target)",
        ]
    }
}

extension JSONObject {
    fileprivate var text: String { String(decoding: encoded, as: UTF8.self) }
}
