package import ClusterLinks
import Foundation
import GRDB
import Locking

/// The SQLite file of the inventory: one writer, a pool of read-only readers, and a lock that keeps a second service out.
///
/// Every commit is durable when it returns: WAL with `synchronous=FULL`
/// (<https://sqlite.org/pragma.html#pragma_synchronous>), which is read back and not assumed.
package final class InventoryDatabase: Sendable {
    package let path: String
    let pool: DatabasePool
    /// To how many bytes a log that grew while somebody read it is cut when it begins anew.
    static let logLimit: Int64 = 64 << 20
    /// Nil once the database is closed, and where it is only read.
    private let lock: Locked<DatabaseLock?>
    /// Set where the database was opened to be read.
    let reading: Reading?

    /// Opens or creates the file, brings its schema up to date and takes the lock.
    /// - Parameter trace: is told the SQL of each statement as it begins, with `?` for its values; from any thread.
    /// - Throws: `InventoryError`.
    package init(path: String, trace: (@Sendable (String) -> Void)? = nil) throws(InventoryError) {
        // One file has one lock, by whichever symbolic link it is reached.
        let path = Self.resolved(path)
        self.path = path
        reading = nil
        lock = Locked(try DatabaseLock(besideDatabase: path))
        do {
            try Self.refuseForeign(path)
            pool = try DatabasePool(path: path, configuration: Self.configuration(trace))
            try Schema.migrator.migrate(pool)
            try Self.demandDurability(pool, path: path)
        } catch let error as InventoryError {
            throw error
        } catch {
            throw .unusable(
                path: path,
                reason: "\(error)",
                remedy: DatabaseRemedy.text(for: error, path: path)
            )
        }
    }

    /// Takes a pool of connections that write nothing, and no lock.
    init(path: String, pool: DatabasePool, reading: Reading) {
        self.path = path
        self.pool = pool
        self.reading = reading
        lock = Locked(nil)
    }

    /// The path without symbolic links; of a file that is not there yet, that of its folder.
    static func resolved(_ path: String) -> String {
        func real(_ path: String) -> String? {
            guard let found = realpath(path, nil) else { return nil }
            defer { free(found) }
            return String(cString: found)
        }
        let url = URL(fileURLWithPath: path)
        return real(path) ?? real(url.deletingLastPathComponent().path).map { $0 + "/" + url.lastPathComponent } ?? path
    }

    /// Closes every connection, writes the log into the file and gives the lock back, the latter also where writing fails: the
    /// log is taken up again by whoever opens the file next.
    package func close() throws {
        try pool.close()
        guard reading == nil else { return }
        let finish = Result { try finishLog() }
        lock.withLock { $0 = nil }
        try finish.get()
    }

    /// Writes the log into the file on a connection that is closed last, with which `-wal` and `-shm` go: the pool closes its
    /// writer before its readers, and they may not take them away.
    ///
    /// Where another program reads the file, such as a backup or Litestream, the log stays, in part or emptied, and that is
    /// no error.
    private func finishLog() throws {
        // Opening would make a new file where somebody has taken this one away.
        guard Self.size(of: path) > 0 else { return }
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.closing"
        configuration.busyMode = .timeout(0.1)
        do {
            let last = try DatabaseQueue(path: path, configuration: configuration)
            let checkpoint = Result { try last.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) } }
            try last.close()
            try checkpoint.get()
        } catch DatabaseError.SQLITE_BUSY {
            // Whoever reads it keeps the log.
        }
    }

    static func configuration(_ trace: (@Sendable (String) -> Void)?) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.inventory"
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            if !db.configuration.readonly {
                // Takes effect in a new file only, before its first table: retention gives space back in small pieces.
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_size_limit = \(logLimit)")
            }
            // Kibibytes for each connection: a page of the past then finds the upper levels of the trees at hand.
            try db.execute(sql: "PRAGMA cache_size = -16384")
            if let trace {
                db.trace { event in
                    if case .statement(let statement) = event { trace(statement.sql) }
                }
            }
        }
        return configuration
    }

    /// Looks before anything is written: opening the pool alone would turn another program's file to WAL.
    private static func refuseForeign(_ path: String) throws {
        guard size(of: path) > 0 else { return }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let file = try DatabaseQueue(path: path, configuration: configuration)
        let (applicationID, tables, isNewer) = try file.read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                // A first start that was killed may have left the migrator's table and nothing else.
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'")
                    ?? 0,
                try Schema.migrator.hasBeenSuperseded(db)
            )
        }
        try file.close()
        guard applicationID == Schema.applicationID || (applicationID == 0 && tables == 0) else {
            throw InventoryError.foreign(path: path, applicationID: applicationID)
        }
        guard !isNewer else { throw InventoryError.newer(path: path) }
    }

    /// GRDB sets `synchronous=NORMAL` when it turns WAL on, after any hook of ours: so FULL comes after opening.
    private static func demandDurability(_ pool: DatabasePool, path: String) throws {
        let synchronous = try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            return try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        }
        guard synchronous == 2 else { throw InventoryError.notDurable(path: path, synchronous: synchronous) }
    }
}

extension InventoryDatabase {
    /// The last instant that any row tells of: service time never lies before it (truth rule 12).
    package func lastInstant() throws -> Instant? { try pool.read { db in try Self.lastInstant(db) } }

    static func lastInstant(_ db: Database) throws -> Instant? {
        let followed = try Int64.fetchOne(
            db,
            sql: """
                SELECT max(at) FROM (
                    SELECT at FROM alert_events WHERE event_key = (SELECT max(event_key) FROM alert_events)
                    UNION ALL SELECT at FROM notifications
                        WHERE notification_key = (SELECT max(notification_key) FROM notifications)
                    UNION ALL SELECT at FROM audit WHERE audit_key = (SELECT max(audit_key) FROM audit)
                )
                """
        ).map(Instant.init(milliseconds:))
        return [try lastObservation(db), followed].compactMap(\.self).max()
    }

    /// The last instant that was observed or configured, whatever followed from it; no two of one cluster are the same.
    ///
    /// Each version begins with a change at the same instant, and changes are nearly in order of time: so those of the last
    /// hours are looked through, and not the versions of each link, which took half of a start.
    static func lastObservation(_ db: Database) throws -> Instant? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT max(at) FROM (
                    SELECT (SELECT last_at FROM poll_runs AS run WHERE run.cluster_key = clusters.cluster_key
                        ORDER BY first_at DESC LIMIT 1) AS at FROM clusters
                    UNION ALL SELECT max(at) FROM changes
                        WHERE sequence >= ifnull(
                            (SELECT first_sequence FROM change_hours ORDER BY hour DESC LIMIT 1),
                            (SELECT max(sequence) FROM changes))
                    UNION ALL SELECT max(valid_from, ifnull(valid_to, 0)) FROM configuration_spans
                    UNION ALL SELECT max(completed_at) FROM versions WHERE completed_at IS NOT NULL
                )
                """
        ).map(Instant.init(milliseconds:))
    }

    /// What the file lies on.
    package var fileSystem: FileSystemKind {
        MountTable.current.fileSystem(of: path).map(FileSystemKind.init(type:)) ?? .local
    }

    /// What the running writer says of its own durability, for `/api/v1/status`.
    package func facts() throws -> DatabaseFacts {
        try pool.writeWithoutTransaction { db in
            DatabaseFacts(
                synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1,
                journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                schema: try Schema.migrator.appliedIdentifiers(db).sorted(),
                sqliteVersion: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""
            )
        }
    }

    /// Bytes of the file and of its write-ahead log; 0 for one that is not there.
    package func sizes() -> (database: Int64, log: Int64) {
        (Self.size(of: path), Self.size(of: path + "-wal"))
    }

    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}

/// How the database runs.
package struct DatabaseFacts: Sendable {
    /// 2 is FULL.
    package let synchronous: Int
    package let journalMode: String
    package let schema: [String]
    package let sqliteVersion: String
}
