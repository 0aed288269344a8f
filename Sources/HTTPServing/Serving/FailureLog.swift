import Locking
import Logging
import Outages

/// Tells which routes fail, without a line for each request: a failure that goes on is told at once and then once an hour.
///
/// What a route fails with is told by its text, up to as many texts as `Outage` tells reasons. A route that has not failed for
/// an hour begins anew: successes are not told to it, as that would be work for each request.
final class FailureLog: Sendable {
    private struct Entry {
        var outage = Outage()
        var lastFailure: Int64
    }

    private static let span: Int64 = 3_600_000_000_000

    private let entries = Locked<[String: Entry]>([:])
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// - Parameter now: nanoseconds of any clock that goes forward.
    func handlerFailed(_ error: any Error, method: String, route: String, at now: Int64) {
        guard let failures = failures(of: "\(method) \(route)", error, at: now) else { return }
        logger.error(
            "handler failed",
            metadata: [
                "http.method": "\(method)", "http.route": "\(route)", "http.error": "\(error)",
                "http.failures": "\(failures)",
            ]
        )
    }

    /// The same for a body that was under way.
    func streamFailed(_ error: any Error, route: String, at now: Int64) {
        guard let failures = failures(of: "stream \(route)", error, at: now) else { return }
        logger.warning(
            "stream ended by an error",
            metadata: ["http.route": "\(route)", "http.error": "\(error)", "http.failures": "\(failures)"]
        )
    }

    /// How often it failed, where that is to be told.
    private func failures(of subject: String, _ error: any Error, at now: Int64) -> Int? {
        entries.withLock { entries in
            var entry = entries[subject] ?? Entry(lastFailure: now)
            if now - entry.lastFailure >= Self.span { entry = Entry(lastFailure: now) }
            entry.lastFailure = now
            defer { entries[subject] = entry }
            guard case .fails(let failures, _) = entry.outage.failed("\(error)", at: .nanoseconds(now)) else {
                return nil
            }
            return failures
        }
    }
}
