/// When a trouble that goes on is told: its beginning at once, then once an hour, then its end with its length.
///
/// Pure: it takes what happened and the time, any that goes forward, and answers what to tell. So a day of failures is some 26
/// lines of a log, however often is tried. What comes and goes cannot flood either: a reason is told at once only when it
/// is new in this trouble, and after three recoveries within an hour a fourth is told only when nothing has failed for ten
/// minutes; until then the trouble goes on. A beginning is never kept back.
package struct Outage: Sendable {
    package enum News: Sendable, Equatable {
        /// It began, goes on for another hour, or has a new reason.
        case fails(failures: Int, lasted: Duration)
        /// It is over, `lasted` after it began.
        case recovered(failures: Int, lasted: Duration)
    }

    private struct Trouble {
        let since: Duration
        var lastTold: Duration
        var lastFailure: Duration
        var failures = 1
        var reasons: Set<String>
        /// The first success after the last failure.
        var recoveredAt: Duration?
    }

    private static let reminder = Duration.seconds(3600)
    private static let calm = Duration.seconds(600)
    private static let quickRecoveries = 3
    /// More reasons than any closed set has; what comes after is told with the next hour.
    private static let reasonsTold = 32

    private var trouble: Trouble?
    /// When the last recoveries were told.
    private var recoveries: [Duration] = []

    package init() {}

    /// Whether a failure was told and its end was not.
    package var isGoingOn: Bool { trouble != nil }

    /// Takes a failure; answers what to tell of it, mostly nothing.
    package mutating func failed(_ reason: String, at now: Duration) -> News? {
        guard var trouble else {
            trouble = Trouble(since: now, lastTold: now, lastFailure: now, reasons: [reason])
            return .fails(failures: 1, lasted: .zero)
        }
        defer { self.trouble = trouble }
        trouble.failures += 1
        trouble.lastFailure = now
        trouble.recoveredAt = nil
        let isNew = trouble.reasons.count < Self.reasonsTold && trouble.reasons.insert(reason).inserted
        guard isNew || now - trouble.lastTold >= Self.reminder else { return nil }
        trouble.lastTold = now
        return .fails(failures: trouble.failures, lasted: now - trouble.since)
    }

    /// Takes a success; answers nothing where nothing failed, or where it is too early to say that it is over.
    package mutating func succeeded(at now: Duration) -> News? {
        guard let trouble else { return nil }
        let recoveredAt = trouble.recoveredAt ?? now
        recoveries.removeAll { now - $0 >= Self.reminder }
        guard recoveries.count < Self.quickRecoveries || now - trouble.lastFailure >= Self.calm else {
            self.trouble?.recoveredAt = recoveredAt
            return nil
        }
        recoveries.append(now)
        self.trouble = nil
        return .recovered(failures: trouble.failures, lasted: recoveredAt - trouble.since)
    }
}
