import Foundation
import GRDB

extension InventoryDatabase {
    /// How a database is read that nobody serves.
    struct Reading: Sendable {
        /// How the file was found; nil where a crash has left a log beside it.
        let found: FileMark?
    }

    /// Opens the database of a service that does not run, or a backup, to be read and left as it was found: nothing is
    /// migrated, recovered into the file or locked.
    ///
    /// - Throws: `InventoryFileError`; also where a service runs on the file, or its tables are of another version.
    package convenience init(reading given: String) throws(InventoryFileError) {
        let file = try InventoryFile(path: given)
        // Who writes the file has its log beside it.
        if file.found == nil, let holder = DatabaseLock.holder(besideDatabase: file.path) {
            throw .inUse(path: given, holder: holder)
        }
        do {
            let (applied, isNewer) = try file.read { db in
                (try Schema.migrator.appliedIdentifiers(db), try Schema.migrator.hasBeenSuperseded(db))
            }
            try file.queue.close()
            guard !isNewer else { throw InventoryFileError.newer(path: given) }
            let missing = Schema.migrator.migrations.filter { !applied.contains($0) }
            guard missing.isEmpty else { throw InventoryFileError.older(path: given, missing: missing) }
            var configuration = Self.configuration(nil)
            configuration.readonly = true
            let pool = try DatabasePool(path: file.address, configuration: configuration)
            self.init(path: file.path, pool: pool, reading: Reading(found: file.found))
        } catch {
            throw InventoryFileError(error, path: given)
        }
    }

    /// Whether the file was opened to be read while nobody writes it, so that others may read it in the same way.
    package var isAtRest: Bool { reading?.found != nil }

    /// Whether the file still is as it was found: what was read of one that somebody began to write may not hold together.
    /// - Throws: `InventoryFileError.written`.
    package func demandUnchanged() throws(InventoryFileError) {
        guard let found = reading?.found else { return }
        guard InventoryFile.isAtRest(path), (try? FileMark(path: path)) == found else { throw .written(path: path) }
    }
}
