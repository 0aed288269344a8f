import Foundation
import UnixSignals

/// Signals that end a command which has something to take away first.
enum Interruption {
    /// Runs work whose task SIGINT, SIGTERM and SIGHUP cancel; what the work throws then tells of it.
    static func cancelsAtSignal<Success: Sendable>(
        _ work: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        return try await withThrowingTaskGroup(of: Success?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let finished { return finished }
                group.cancelAll()
            }
            throw CancellationError()
        }
    }
}
