import ClusterLinks
import Inventory
import KafkaREST
import Locking
import Polling

/// Asks one cluster for its links and their tasks, and hands what it says to the inventory.
///
/// A body that was taken in once is recognised by its digest and not decoded again.
final class ClusterSource: Sendable {
    /// A link whose tasks are to be read.
    struct Subject: Sendable, Hashable {
        let identity: LinkIdentity
        let name: LinkName
    }

    private struct Digests {
        var list: ContentDigest?
        var tasks: [LinkIdentity: ContentDigest] = [:]
    }

    let cluster: ClusterID
    let client: KafkaRESTClient
    private let inventory: InventoryStore
    private let time: any TimeSource
    private let digests = Locked(Digests())

    init(cluster: ClusterID, client: KafkaRESTClient, inventory: InventoryStore, time: any TimeSource) {
        self.cluster = cluster
        self.client = client
        self.inventory = inventory
        self.time = time
    }

    /// Lists the links and returns when the result is durable; a poll that was cut off is kept nowhere.
    func poll() async -> (PollVerdict, RecordedPoll?) {
        let clock = ContinuousClock()
        let start = clock.now
        do throws(PollFailure) {
            let answer = try await client.links(unlessDigest: digests.withLock(\.list))
            let observation = { (result: PollObservation.Result) in
                PollObservation(
                    cluster: self.cluster,
                    at: self.time.now(),
                    duration: start.duration(to: clock.now),
                    httpStatus: 200,
                    result: result
                )
            }
            switch answer {
            case .unchanged:
                return (.success, await inventory.record(observation(.unchanged)))
            case .list(let list, let digest):
                guard let recorded = await inventory.record(observation(.list(list))) else {
                    // The cluster left the configuration meanwhile: a list that nobody took in is not known.
                    return (.success, nil)
                }
                digests.withLock { digests in
                    digests.list = digest
                    let listed = Set(list.links.map(\.identity))
                    digests.tasks = digests.tasks.filter { listed.contains($0.key) }
                }
                return (.success, recorded)
            }
        } catch {
            let verdict = PollVerdict.failure(error.hint)
            guard error.reason != .cancelled, !Task.isCancelled else { return (verdict, nil) }
            let recorded = await inventory.record(
                PollObservation(
                    cluster: cluster,
                    at: time.now(),
                    duration: start.duration(to: clock.now),
                    httpStatus: error.httpStatus,
                    result: .failure(reason: error.reason.rawValue, message: error.message)
                )
            )
            return (verdict, recorded)
        }
    }

    /// The links whose tasks were never read, or all of them.
    func subjects(neverRead: Bool) async -> [Subject] {
        let links = await inventory.links(of: cluster).filter { !neverRead || !$0.hasTaskReading }
        if neverRead {
            // A link that went away and came back is new: what was recognised of it before says nothing.
            digests.withLock { digests in
                for link in links { digests.tasks[link.identity] = nil }
            }
        }
        return links.map { Subject(identity: $0.identity, name: $0.name) }
    }

    /// Reads one link's tasks with one GET.
    ///
    /// An answer about another incarnation of the name is nobody's reading and is passed over: the next list tells of it.
    func readTasks(of subject: Subject) async throws(PollFailure) {
        let known = digests.withLock { $0.tasks[subject.identity] }
        switch try await client.link(subject.name, includeTasks: true, unlessDigest: known) {
        case .unchanged:
            await inventory.recordSameTasks(of: subject.identity, on: cluster, at: time.now())
        case .link(let reading):
            guard let tasks = reading.tasks, isReading(reading.item.identity, of: subject) else { return }
            await inventory.record(tasks, of: subject.identity, on: cluster, at: time.now())
            digests.withLock { $0.tasks[subject.identity] = reading.digest }
        }
    }

    private func isReading(_ answered: LinkIdentity, of subject: Subject) -> Bool {
        answered == subject.identity || subject.identity.clusterLinkID == nil || answered.clusterLinkID == nil
    }
}

extension PollFailure {
    /// What the schedule makes of it.
    var hint: FailureHint { FailureHint(straightToCap: straightToCap, retryAfter: retryAfter) }
}
