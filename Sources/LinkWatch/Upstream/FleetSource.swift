import ClusterLinks
import Inventory
import Locking
import Polling

/// The clusters of the configuration, as the poller asks them.
final class FleetSource: PollSource {
    typealias ID = ClusterID
    typealias Report = RecordedPoll?
    typealias TaskSubject = ClusterSource.Subject

    private let sources = Locked<[ClusterID: ClusterSource]>([:])
    private let log: PollLog

    init(log: PollLog) { self.log = log }

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
        await source(id)?.readTasks(of: subject) ?? .done
    }

    private func source(_ id: ClusterID) -> ClusterSource? { sources.withLock { $0[id] } }
}
