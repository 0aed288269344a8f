import GRDB

/// A database file that is asked while it lies on the disk, with or without a service on it.
///
/// It stays open as long as this lives: what SQLite keeps beside the file while it is written then is there for others that
/// read it.
package struct QueryableFile: Sendable {
    private let file: InventoryFile
    /// Without symbolic links.
    package let path: String
    /// Whether nobody writes the file.
    package let isAtRest: Bool
    /// Whether the views fit it: false for the file of an earlier or a later version.
    package let isCurrent: Bool

    /// - Throws: `InventoryFileError` where it is no inventory's.
    package init(path given: String) throws(InventoryFileError) {
        file = try InventoryFile(path: given)
        path = file.path
        isAtRest = file.isAtRest
        do {
            isCurrent = try file.read { db in
                try Schema.migrator.hasCompletedMigrations(db) && !Schema.migrator.hasBeenSuperseded(db)
            }
        } catch {
            throw InventoryFileError(error, path: given)
        }
    }

    /// Whether what was read since this was opened is the file's: nobody began to write it while it was held to be at rest.
    /// - Throws: `InventoryFileError.written`, or why it cannot be told.
    package func check() throws(InventoryFileError) {
        do {
            try file.read { _ in }
        } catch {
            throw InventoryFileError(error, path: path)
        }
    }
}
