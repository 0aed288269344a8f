import ClusterLinks
import GRDB

/// The pieces in which retention works: each is one transaction on the inventory's queue, and polls go between them.
///
/// All are refused, by a nil, while the database refuses writes: what waits for it comes first.
extension InventoryStore {
    /// Until the connection is closed the commits of polls leave the log to it: else what a piece wrote would be written
    /// into the file, and waited for, by the poll that comes next.
    func openRetentionConnection() throws -> RetentionConnection {
        let connection = try database.pool.writeWithoutTransaction { db in
            try RetentionConnection(
                path: database.path,
                automaticCheckpoint: Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint") ?? 0
            )
        }
        try setAutomaticCheckpoint(0)
        return connection
    }

    func close(_ connection: RetentionConnection) throws {
        try setAutomaticCheckpoint(connection.automaticCheckpoint)
        try connection.close()
    }

    private func setAutomaticCheckpoint(_ pages: Int) throws {
        try database.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
        }
    }

    /// Tells readers that of what was before an instant parts are about to go; to be done before they do.
    func keep(from instant: Instant, on connection: RetentionConnection) throws -> RetentionPiece? {
        try piece(on: connection) { db, _ in
            try db.execute(
                sql: "UPDATE retention SET kept_from = max(kept_from, ?)",
                arguments: [instant.milliseconds]
            )
            if db.changesCount == 0 {
                try db.execute(sql: "INSERT INTO retention (kept_from) VALUES (?)", arguments: [instant.milliseconds])
            }
        }
    }

    /// Deletes the first of these rows, as many as there is time for.
    ///
    /// A shared row stays that came into use since the sweep began.
    func delete(_ rows: ArraySlice<ExpiredRow>, on connection: RetentionConnection) throws -> RetentionPiece? {
        try piece(on: connection) { db, piece in
            for row in rows {
                piece.taken += 1
                if !isInUse(row) {
                    try row.delete(db)
                    piece.gone += 1
                }
                if piece.isOverdue { break }
            }
        }
    }

    /// Gives some free pages at the end of the file back, moving others there from it.
    func vacuum(pages: Int, on connection: RetentionConnection) throws -> RetentionPiece? {
        try piece(on: connection) { db, piece in
            // Some in every piece, however late it begins: where the file becomes no shorter, the pass takes it that it cannot.
            repeat {
                try db.execute(sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
                piece.taken += Self.pagesAtOnce
            } while piece.taken < pages && !piece.isOverdue
            piece.gone = piece.taken
        }
    }

    private static let pagesAtOnce = 8

    /// Writes the rest of the log into the file, of which nearly all is there, so that the log begins anew.
    func finishLog(on connection: RetentionConnection) throws -> RetentionPiece {
        var piece = RetentionPiece()
        try connection.finishLog()
        piece.end()
        return piece
    }

    /// From now on the writer remembers which shared rows it uses.
    func beginSweep() { keysInUse = KeysInUse() }

    func endSweep() { keysInUse = nil }

    private func piece(
        on connection: RetentionConnection,
        _ work: (Database, inout RetentionPiece) throws -> Void
    ) throws -> RetentionPiece? {
        guard !backlog.isRefused else { return nil }
        var piece = RetentionPiece()
        try connection.write { db in try work(db, &piece) }
        piece.end()
        return piece
    }

    private func isInUse(_ row: ExpiredRow) -> Bool {
        guard case .shared(let table, let key) = row else { return false }
        return keysInUse?.contains(key, in: table) ?? true
    }
}
