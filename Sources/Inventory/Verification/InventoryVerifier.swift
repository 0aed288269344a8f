/// Looks whether an inventory's file is whole and says nothing that cannot be; changes nothing, also where a service writes it.
///
/// All is read in one transaction. While it lasts SQLite cannot begin its log anew, so that the log of a running service grows
/// by what is written meanwhile. Isolated to a queue of its own, where SQLite may block.
package actor InventoryVerifier {
    private let path: String
    private let executor = SerialQueueExecutor(label: "linkwatch.verification")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter path: a database of linkwatch's, or a backup of one.
    package init(of path: String) { self.path = path }

    /// Reads the file and tells what there is to say of it.
    /// - Parameter tell: is told how far it has come, from the queue that does it.
    /// - Throws: `InventoryFileError` where the file cannot be read as an inventory's at all.
    package func run(
        _ tell: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) throws(InventoryFileError) -> VerificationReport {
        do throws(InventoryFileError) {
            return try read(tell)
        } catch {
            // A service has started meanwhile: now that its log is there, it is read beside it.
            guard case .written = error else { throw error }
            return try read(tell)
        }
    }

    private func read(
        _ tell: @escaping @Sendable (VerificationProgress) -> Void
    ) throws(InventoryFileError) -> VerificationReport {
        let file = try InventoryFile(path: path)
        do {
            return try file.read { db in try Verification.report(on: db, tell) }
        } catch {
            throw InventoryFileError(error, path: path)
        }
    }
}
