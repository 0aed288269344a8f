package import ClusterLinks
import GRDB

/// A run of polls as it is stored, with the message of its last poll.
package struct PollRunRow: Sendable {
    package let run: PollRun
    package let message: String?

    init(_ row: Row) {
        run = PollRun(
            outcome: PollOutcome(failure: row["failure"], httpStatus: row["http_status"]),
            firstAt: Instant(milliseconds: row["first_at"]),
            lastAt: Instant(milliseconds: row["last_at"]),
            count: row["count"],
            totalDuration: .microseconds(row["total_duration_us"] as Int64),
            staleAfter: .milliseconds(row["stale_after_ms"] as Int64),
            successesBefore: row["successes_before"]
        )
        message = row["message"]
    }

    /// The last poll of the run that is known up to an instant: within the run that is its first.
    func lastPoll(at instant: Instant) -> PollTally.Poll {
        instant >= run.lastAt
            ? lastPoll
            : PollTally.Poll(
                at: run.firstAt,
                outcome: run.outcome,
                duration: run.totalDuration / run.count,
                message: message
            )
    }

    /// The last poll of the run; its duration is the run's mean.
    var lastPoll: PollTally.Poll {
        PollTally.Poll(
            at: run.lastAt,
            outcome: run.outcome,
            duration: run.totalDuration / run.count,
            message: message
        )
    }
}
