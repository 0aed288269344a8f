import Foundation
import GRDB
import Locking

/// Copies an inventory's database, also while a service writes it: one snapshot, whole under its name or not there at all.
///
/// SQLite's backup (<https://sqlite.org/backup.html>) goes on within a transaction of the source that is open when it
/// begins. So the copy is of one moment, however much is committed meanwhile, and no commit makes it begin anew. Nobody
/// waits for it, but SQLite cannot begin its log anew while it lasts, so that the log grows by what is written meanwhile.
///
/// Isolated to a queue of its own, where SQLite and the disk may block.
package actor InventoryBackup {
    private let source: String
    private let destination: String
    private let pagesPerStep: Int
    private let executor = SerialQueueExecutor(label: "linkwatch.backup")
    private let work = Locked(Work())

    /// What a cancellation has to reach while the actor is busy.
    private struct Work {
        var isCancelled = false
        var copy: DatabaseQueue?
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - source: a database of linkwatch's, of whatever version.
    ///   - destination: the file to be; a backup that is there already is replaced in one step.
    ///   - pagesPerStep: how much is copied between two tellings of progress and two looks for a cancellation.
    package init(of source: String, to destination: String, pagesPerStep: Int = 1024) {
        self.source = source
        self.destination = destination
        self.pagesPerStep = pagesPerStep
    }

    /// Makes the backup; a cancelled task gives it up.
    /// - Parameter tell: is told how far it has come, from the queue that does it.
    /// - Throws: `BackupError`.
    package func run(_ tell: @escaping @Sendable (BackupProgress) -> Void = { _ in }) async throws -> FinishedBackup {
        try await withTaskCancellationHandler {
            do throws(BackupError) {
                return try make(tell)
            } catch {
                // A service has started meanwhile: now that its log is there, it is copied beside it.
                guard case .source(.written) = error else { throw error }
                return try make(tell)
            }
        } onCancel: {
            work.withLock { work in
                work.isCancelled = true
                work.copy?.interrupt()
            }
        }
    }

    private func make(_ tell: @escaping @Sendable (BackupProgress) -> Void) throws(BackupError) -> FinishedBackup {
        let file: InventoryFile
        do throws(InventoryFileError) {
            file = try InventoryFile(path: source)
        } catch {
            throw .source(error)
        }
        let destination = try BackupDestination(path: destination, source: file.path)
        let bytes = try copy(file, to: destination, tell)
        tell(.flushing)
        let finished = FinishedBackup(
            path: destination.path,
            bytes: bytes,
            isReplacement: destination.isReplacement
        )
        try goOn()
        try destination.keep()
        return finished
    }

    /// Copies and checks; returns the copy's size.
    private func copy(
        _ file: InventoryFile,
        to destination: borrowing BackupDestination,
        _ tell: @escaping @Sendable (BackupProgress) -> Void
    ) throws(BackupError) -> Int64 {
        do {
            let copy = try DatabaseQueue(path: destination.partial, configuration: Self.configuration)
            defer { work.withLock { $0.copy = nil } }
            work.withLock { $0.copy = copy }
            try goOn()
            try file.read { source in
                let pageSize = try Int64.fetchOne(source, sql: "PRAGMA page_size") ?? 0
                try copy.writeWithoutTransaction { copy in
                    try source.backup(to: copy, pagesPerStep: CInt(pagesPerStep)) { [work] progress in
                        let done = Int64(progress.completedPageCount) * pageSize
                        tell(.copying(done, of: Int64(progress.totalPageCount) * pageSize))
                        if work.withLock(\.isCancelled) { throw BackupError.cancelled }
                    }
                }
            }
            try goOn()
            tell(.checking)
            try copy.writeWithoutTransaction { copy in try check(copy) }
            try copy.close()
            return try FileMark(path: destination.partial).size
        } catch {
            throw backupError(error)
        }
    }

    private func goOn() throws(BackupError) {
        if work.withLock(\.isCancelled) { throw .cancelled }
    }

    private func check(_ copy: Database) throws {
        // The copied header asks for a log beside the file, which a service opens anew; a backup is to be one file that can
        // be read wherever it lies.
        try copy.execute(sql: "PRAGMA journal_mode = MEMORY")
        let finding = try String.fetchOne(copy, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard finding == "ok" else { throw BackupError.damaged(path: source, finding: finding) }
    }

    /// Nothing needs to be safe before the copy is whole, and what is written through at the end is the file alone.
    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.backup"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        return configuration
    }

    private func backupError(_ error: any Error) -> BackupError {
        switch error {
        case let error as BackupError: error
        case let error as InventoryFileError: .source(error)
        case _ where work.withLock(\.isCancelled): .cancelled
        case let error as DatabaseError:
            switch error.extendedResultCode {
            case .SQLITE_FULL: .noSpace(path: destination, needed: (try? FileMark(path: source))?.size)
            // What only the source can be the reason of: of the copy nothing is read before it is whole.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_BUSY, .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ:
                .source(InventoryFileError(error, path: source))
            default: .unwritable(path: destination, reason: "SQLite error \(error)")
            }
        default: .unwritable(path: destination, reason: "\(error)")
        }
    }
}
