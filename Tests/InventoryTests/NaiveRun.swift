import ClusterLinks
import ExactJSON
import GRDB
import Inventory

/// Polls that ended alike, one after the other.
struct NaiveRun: Equatable {
    let failure: String?
    let message: String?
    let first: Instant
    var last: Instant
    var count = 1
    var duration: Duration

    init(_ poll: NaiveCluster.Poll) {
        (failure, message) = (poll.failure, poll.failure)
        (first, last, duration) = (poll.at, poll.at, poll.duration)
    }

    init(_ row: PollRunRow) {
        (failure, message) = (row.run.outcome.failure, row.message)
        (first, last, count, duration) = (row.run.firstAt, row.run.lastAt, row.run.count, row.run.totalDuration)
    }

    /// A run ends when the outcome changes, the gap is longer than `stale_after`, or nobody was there to go on with it.
    static func runs(of cluster: NaiveCluster) -> [NaiveRun] {
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

extension NaiveLink.Change {
    init(_ row: Row) throws {
        let facts = { (body: String?) in try body.flatMap { try JSONValue(parsing: $0).object }.map { LinkFacts($0) } }
        at = Instant(milliseconds: row["at"])
        kind = ["changed", "created", "deleted", "retired", "restored"][row["kind"]]
        before = try facts(row[2])
        after = try facts(row[3])
        changed = (try JSONValue(parsing: row[4] as String).array ?? []).compactMap(\.string)
        isBaseline = row["baseline"]
    }
}
