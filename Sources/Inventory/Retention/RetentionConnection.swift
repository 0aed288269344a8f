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
    /// After how many pages of the log the inventory's commits write it into the file, when they do.
    let automaticCheckpoint: Int
    private let queue: DatabaseQueue

    /// - Throws: an error of SQLite's.
    init(path: String, automaticCheckpoint: Int) throws {
        self.automaticCheckpoint = automaticCheckpoint
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.retention"
        configuration.foreignKeysEnabled = false
        // Whoever else writes the file goes first; the next pass goes on.
        configuration.busyMode = .immediateError
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = \(InventoryDatabase.logLimit)
                    """
            )
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Reads beside the writer, each statement as of its own moment.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await queue.unsafeRead(body)
    }

    /// Writes in one transaction; only from the inventory's queue, which it blocks.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.write(body) }

    /// How far the write-ahead log reaches.
    struct LogState: Sendable {
        /// From its beginning, to which it returns once all of it is in the file and no reader needs it.
        var pages = 0
        /// Of them, those that are not in the file yet.
        var behind = 0
    }

    /// Writes what is in the log into the file, beside the writer and as far as no reader needs the log.
    func checkpoint() async throws -> LogState { try await queue.writeWithoutTransaction(Self.checkpoint) }

    /// Does the same from the inventory's queue, while nothing is added to the log.
    func finishLog() throws { _ = try queue.writeWithoutTransaction(Self.checkpoint) }

    @Sendable
    private static func checkpoint(_ db: Database) throws -> LogState {
        do {
            let (pages, written) = try db.checkpoint(.passive)
            return LogState(pages: pages, behind: pages - written)
        } catch DatabaseError.SQLITE_BUSY {
            // Another process does it.
            return LogState()
        }
    }

    func close() throws { try queue.close() }
}
