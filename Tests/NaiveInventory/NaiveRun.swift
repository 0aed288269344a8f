package import ClusterLinks
package import Inventory

/// Polls that ended alike, one after the other.
package struct NaiveRun: Equatable, Sendable {
    package let failure: String?
    package let message: String?
    package let first: Instant
    package var last: Instant
    package var count = 1
    package var duration: Duration

    package init(_ poll: NaiveCluster.Poll) {
        (failure, message) = (poll.failure, poll.failure)
        (first, last, duration) = (poll.at, poll.at, poll.duration)
    }

    package init(_ row: PollRunRow) {
        (failure, message) = (row.run.outcome.failure, row.message)
        (first, last, count, duration) = (row.run.firstAt, row.run.lastAt, row.run.count, row.run.totalDuration)
    }

    /// A run ends when the outcome changes, the gap is longer than `stale_after`, or nobody was there to go on with it.
    package static func runs(of cluster: NaiveCluster) -> [NaiveRun] {
        var runs: [NaiveRun] = []
        var goesOn = false
        var staleAfter = Duration.zero
        for observation in cluster.observations {
            switch observation {
            case .start, .retired: goesOn = false
            case .configured, .tasks: break
            case .poll(let poll):
                if goesOn, let run = runs.last, run.failure == poll.failure, staleAfter == poll.staleAfter,
                    poll.at - run.last <= staleAfter
                {
                    runs[runs.count - 1].last = poll.at
                    runs[runs.count - 1].count += 1
                    runs[runs.count - 1].duration += poll.duration
                } else {
                    runs.append(NaiveRun(poll))
                }
                (goesOn, staleAfter) = (true, poll.staleAfter)
            }
        }
        return runs
    }
}
