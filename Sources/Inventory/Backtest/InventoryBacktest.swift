import Alerting
package import ClusterLinks
import GRDB

/// Replays the past that a file keeps through a proposed configuration of alerts; changes nothing, also where a service
/// writes the file.
///
/// All is read in one transaction, in memory that grows with the fleet and not with time. Isolated to a queue of its own,
/// where SQLite may block.
package actor InventoryBacktest {
    private let path: String
    private let executor = SerialQueueExecutor(label: "linkwatch.backtest")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter path: a database of linkwatch's, or a backup of one.
    package init(of path: String) { self.path = path }

    /// Replays a window.
    /// - Parameter tell: is told how far the replay has come, from the queue that does it.
    package func run(
        _ question: BacktestQuestion,
        _ tell: @escaping @Sendable (Instant) -> Void = { _ in }
    ) throws(BacktestError) -> BacktestReport {
        do throws(BacktestError) {
            return try read(question, tell)
        } catch {
            // A service has started meanwhile: now that its log is there, it is read beside it.
            guard case .file(.written) = error else { throw error }
            return try read(question, tell)
        }
    }

    private func read(
        _ question: BacktestQuestion,
        _ tell: @escaping @Sendable (Instant) -> Void
    ) throws(BacktestError) -> BacktestReport {
        do {
            let file = try InventoryFile(path: path)
            return try file.read { db in try StoredBacktest(db, path: path, question).run(tell) }
        } catch let error as BacktestError {
            throw error
        } catch {
            throw .file(InventoryFileError(error, path: path))
        }
    }
}
