import ClusterLinks
import Inventory
import KafkaREST
import Locking
import Polling

/// The clusters of the configuration, as the poller asks them.
final class FleetSource: PollSource {
    typealias ID = ClusterID
    typealias Report = RecordedPoll?
    typealias TaskSubject = ClusterSource.Subject

    private let sources = Locked<[ClusterID: ClusterSource]>([:])
    private let log: PollLog
    private let time: any TimeSource

    init(log: PollLog, time: any TimeSource) {
        self.log = log
        self.time = time
    }

    /// Replaces all clusters but those that are kept; what is in flight ends with the source it began with.
    func replace(with renewed: [ClusterSource], keeping kept: Set<ClusterID>) {
        sources.withLock { sources in
            sources = sources.filter { kept.contains($0.key) }
            for source in renewed { sources[source.cluster] = source }
        }
        log.forget(allBut: kept.union(renewed.map(\.cluster)))
    }

    func poll(_ id: ClusterID) async -> (PollVerdict, RecordedPoll?) {
        guard let source = source(id) else { return (.success, nil) }
        let (verdict, recorded) = await source.poll()
        if let recorded { log.add(recorded) }
        return (verdict, recorded)
    }

    func linksAwaitingTasks(of id: ClusterID) async -> [ClusterSource.Subject] {
        await source(id)?.subjects(neverRead: true) ?? []
    }

    func allLinks(of id: ClusterID) async -> [ClusterSource.Subject] {
        await source(id)?.subjects(neverRead: false) ?? []
    }

    func readTasks(of subject: ClusterSource.Subject, on id: ClusterID) async -> TaskReadVerdict {
        guard let source = source(id) else { return .done }
        do throws(PollFailure) {
            try await source.readTasks(of: subject)
            log.addTaskReading(of: id, nil, at: time.now())
            return .done
        } catch {
            log.addTaskReading(of: id, error, at: time.now())
            return .failed(error.hint)
        }
    }

    /// What asks a cluster of the configuration; nil for any other.
    func client(of id: ClusterID) -> KafkaRESTClient? { source(id)?.client }

    private func source(_ id: ClusterID) -> ClusterSource? { sources.withLock { $0[id] } }
}
