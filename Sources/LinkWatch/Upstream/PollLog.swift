import ClusterLinks
import Inventory
import KafkaREST
import Locking
import Logging
import Outages

/// Tells of failing clusters without a flood, as `Outage` says.
final class PollLog: Sendable {
    private struct Outages {
        var polls: [ClusterID: Outage] = [:]
        var taskReadings: [ClusterID: Outage] = [:]
    }

    private let outages = Locked(Outages())
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func add(_ recorded: RecordedPoll) {
        let poll = recorded.poll
        let news = outages.withLock { outages in
            Self.tell(&outages.polls, recorded.cluster, poll.outcome.failure, at: poll.at)
        }
        guard let news else { return }
        var metadata = Self.metadata(of: news, recorded.cluster)
        switch news {
        case .fails:
            metadata["poll.reason"] = "\(poll.outcome.failure ?? "")"
            metadata["poll.http_status"] = poll.outcome.httpStatus.map { "\($0)" }
            metadata["poll.message"] = poll.message.map { "\($0)" }
            logger.warning("poll failed; the last known links stay served", metadata: metadata)
        case .recovered:
            logger.notice("poll succeeds again", metadata: metadata)
        }
    }

    /// Takes how the reading of one link's tasks ended; `failure` is nil where it succeeded.
    func addTaskReading(of cluster: ClusterID, _ failure: PollFailure?, at instant: Instant) {
        // Cut off by a stop.
        if failure?.reason == .cancelled { return }
        let news = outages.withLock { outages in
            Self.tell(&outages.taskReadings, cluster, failure?.reason.rawValue, at: instant)
        }
        guard let news else { return }
        var metadata = Self.metadata(of: news, cluster)
        switch news {
        case .fails:
            metadata["poll.reason"] = failure.map { "\($0.reason.rawValue)" }
            metadata["poll.http_status"] = failure?.httpStatus.map { "\($0)" }
            metadata["poll.message"] = failure.map { "\($0.message)" }
            logger.warning("tasks of a link cannot be read; the last reading stays served", metadata: metadata)
        case .recovered:
            logger.notice("tasks of links are read again", metadata: metadata)
        }
    }

    /// An outage of a cluster that leaves the configuration ends untold.
    func forget(allBut clusters: Set<ClusterID>) {
        outages.withLock { outages in
            outages.polls = outages.polls.filter { clusters.contains($0.key) }
            outages.taskReadings = outages.taskReadings.filter { clusters.contains($0.key) }
        }
    }

    private static func tell(
        _ outages: inout [ClusterID: Outage],
        _ cluster: ClusterID,
        _ failure: String?,
        at instant: Instant
    ) -> Outage.News? {
        let now = Duration.milliseconds(instant.milliseconds)
        guard let failure else { return outages[cluster]?.succeeded(at: now) }
        return outages[cluster, default: Outage()].failed(failure, at: now)
    }

    private static func metadata(of news: Outage.News, _ cluster: ClusterID) -> Logger.Metadata {
        let (failures, lasted) =
            switch news {
            case .fails(let failures, let lasted), .recovered(let failures, let lasted): (failures, lasted)
            }
        return [
            "cluster.id": "\(cluster)", "outage.failures": "\(failures)", "outage.seconds": "\(lasted.seconds)",
        ]
    }
}
