import ClusterLinks
import GRDB

/// The connection that retention finds, deletes and checkpoints on.
///
/// It is not the inventory's own, for three reasons. Foreign keys are not enforced on it: to delete a document SQLite would
/// look through all versions and changes for those that refer to it, and the sweep has done so. Its commits neither wait
/// for the disk nor write the log into the file, which is done between the pieces, when the inventory is free: deletions
/// that a loss of power undoes are done again, and none can outlive what was committed before it. And it keeps no reader
/// from a question.
///
/// Writes come from the inventory's queue only, so that the two connections never wait for each other.
final class RetentionConnection: Sendable {
    private let queue: DatabaseQueue

    /// - Throws: an error of SQLite's.
    init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.retention"
        configuration.foreignKeysEnabled = false
        // Whoever else writes the file goes first; the next pass goes on.
        configuration.busyMode = .immediateError
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Reads beside the writer, each statement as of its own moment.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await queue.unsafeRead(body)
    }

    /// Writes in one transaction; only from the inventory's queue, which it blocks.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.write(body) }

    /// Writes what is in the log into the file, as far as no reader needs the log.
    /// - Returns: how many pages of the log are not in the file yet.
    func checkpoint() async throws -> Int {
        try await queue.writeWithoutTransaction { db in
            let (pages, written) = try db.checkpoint(.passive)
            return pages - written
        }
    }

    func close() throws { try queue.close() }
}
