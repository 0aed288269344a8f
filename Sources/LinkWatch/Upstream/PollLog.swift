import ClusterLinks
import Inventory
import Locking
import Logging

/// Tells of failing clusters without a flood: the first failure, then once an hour, then the recovery with its length.
final class PollLog: Sendable {
    private struct Outage {
        let since: Instant
        var lastTold: Instant
        var failures = 1
    }

    private let outages = Locked<[ClusterID: Outage]>([:])
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func add(_ recorded: RecordedPoll) {
        let poll = recorded.poll
        var metadata: Logger.Metadata = ["cluster.id": "\(recorded.cluster)"]
        guard poll.outcome.isSuccess else {
            guard let failures = note(recorded) else { return }
            metadata["poll.reason"] = "\(poll.outcome.failure ?? "")"
            metadata["poll.http_status"] = poll.outcome.httpStatus.map { "\($0)" }
            metadata["poll.message"] = poll.message.map { "\($0)" }
            metadata["poll.failures"] = "\(failures)"
            logger.warning("poll failed; the last known links stay served", metadata: metadata)
            return
        }
        guard let outage = outages.withLock({ $0.removeValue(forKey: recorded.cluster) }) else { return }
        metadata["poll.failures"] = "\(outage.failures)"
        metadata["outage.seconds"] = "\((poll.at - outage.since).seconds)"
        logger.notice("poll succeeds again", metadata: metadata)
    }

    /// An outage of a cluster that leaves the configuration ends untold.
    func forget(allBut clusters: Set<ClusterID>) {
        outages.withLock { $0 = $0.filter { clusters.contains($0.key) } }
    }

    /// How many failures there were in a row, where it is time to tell it.
    private func note(_ recorded: RecordedPoll) -> Int? {
        outages.withLock { outages in
            guard var outage = outages[recorded.cluster] else {
                outages[recorded.cluster] = Outage(since: recorded.poll.at, lastTold: recorded.poll.at)
                return 1
            }
            outage.failures += 1
            let isDue = recorded.poll.at - outage.lastTold >= .seconds(3600)
            if isDue { outage.lastTold = recorded.poll.at }
            outages[recorded.cluster] = outage
            return isDue ? outage.failures : nil
        }
    }
}
