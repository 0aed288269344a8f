import ClusterLinks
import Inventory
import InventoryAPI
import KafkaREST
import Logging
import Polling

/// Passes on to clusters what the inventory cannot answer, and sees to it that the inventory learns what they were asked to change.
///
/// Questions live in the task of who asks. Writes live in children of `run()`: once a cluster may have been asked, its answer is
/// waited for and kept in the audit, whether or not the client is still there.
actor Forwarder: UpstreamControl {
    private typealias Outcome = Result<ForwardedAnswer, ForwardRefusal>

    private struct Job {
        let write: ForwardedWrite
        let client: KafkaRESTClient
        let caller: CheckedContinuation<Outcome, Never>
    }

    private let source: FleetSource
    let poller: Poller<FleetSource>
    let inventory: InventoryStore
    let time: any TimeSource
    let timebase: Timebase
    let logger: Logger
    var agenda = ExpectationAgenda()
    private var questions = ForwardLanes()
    private var writes = ForwardLanes()
    private var jobs: [Job] = []
    private var isRunning = false
    private var hasRun = false
    private var alarms: [Duration] = []

    /// Rings whenever there may be something to start; rings in a row are one.
    private let bell: AsyncStream<Void>
    let bellPush: AsyncStream<Void>.Continuation

    /// - Parameter clock: monotonic; what the waits between two looks are measured with.
    init(
        source: FleetSource,
        poller: Poller<FleetSource>,
        inventory: InventoryStore,
        time: any TimeSource,
        logger: Logger,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.source = source
        self.poller = poller
        self.inventory = inventory
        self.time = time
        self.logger = logger
        timebase = Timebase(clock)
        (bell, bellPush) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Sends writes and looks for what came of them, until its task is cancelled.
    ///
    /// Then it breaks off what is under way and returns when all who asked have an answer. It runs once.
    func run() async {
        guard !hasRun else { return }
        hasRun = true
        isRunning = true
        await withDiscardingTaskGroup { group in
            for await _ in bell { start(in: &group) }
            isRunning = false
            group.cancelAll()
        }
        for job in jobs { job.caller.resume(returning: .failure(.unavailable)) }
        jobs = []
    }

    func read(
        _ request: ForwardedRequest,
        of cluster: ClusterID
    ) async throws(ForwardRefusal) -> ForwardedAnswer {
        guard let client = source.client(of: cluster) else { throw .notConfigured }
        guard questions.enter(cluster) else { throw .busy }
        defer { questions.leave(cluster) }
        do throws(ForwardFailure) {
            return try await client.forward(request)
        } catch {
            throw .failed(error)
        }
    }

    func write(
        _ request: ForwardedRequest,
        on cluster: ClusterID,
        by principal: Principal
    ) async throws(ForwardRefusal) -> ForwardedAnswer {
        guard let write = ForwardedWrite(request, on: cluster, by: principal) else {
            return try await read(request, of: cluster)
        }
        guard isRunning else { throw .unavailable }
        guard let client = source.client(of: cluster) else { throw .notConfigured }
        guard writes.enter(cluster) else { throw .busy }
        defer { writes.leave(cluster) }
        let outcome = await withCheckedContinuation { caller in
            jobs.append(Job(write: write, client: client, caller: caller))
            bellPush.yield()
        }
        return try outcome.get()
    }

    private func start(in group: inout DiscardingTaskGroup) {
        for job in jobs { group.addTask { await self.perform(job) } }
        jobs = []
        for cluster in agenda.takeDue(at: timebase.now) { group.addTask { await self.look(at: cluster) } }
        if let due = agenda.nextDue, alarms.last.map({ due < $0 }) ?? true {
            alarms.append(due)
            group.addTask { await self.ring(at: due) }
        }
    }

    /// Sleeps towards the earliest instant at which something is due; one that was overtaken rings in vain.
    private func ring(at due: Duration) async {
        // Sleeping ends early only with the service itself.
        try? await timebase.sleep(until: due)
        alarms.removeAll { $0 == due }
        bellPush.yield()
    }

    private func perform(_ job: Job) async {
        let write = job.write
        do throws(PeopleFault) {
            try await inventory.announce(write.asked(at: time.now()))
        } catch {
            return job.caller.resume(returning: .failure(.notStored))
        }
        let before = Set(listed(write.link, on: write.cluster))
        let result: Result<ForwardedAnswer, ForwardFailure>
        do throws(ForwardFailure) {
            result = .success(try await job.client.forward(write.request))
        } catch {
            result = .failure(error)
        }
        await inventory.note(write.outcome(result, at: time.now()))
        if !write.request.isTrial, result.mayHaveChangedSomething {
            let expectation = LinkExpectation(change: write.change, link: write.link, before: before)
            agenda.expect(expectation, of: write.cluster, at: timebase.now)
            bellPush.yield()
        }
        job.caller.resume(returning: result.mapError(ForwardRefusal.failed))
    }

    /// What the present inventory has under a name.
    func listed(_ name: LinkName, on cluster: ClusterID) -> [LinkIdentity] {
        let links = inventory.fleet.current(at: time.now()).cluster(cluster)?.links ?? []
        return links.filter { $0.link.name == name }.map(\.link.identity)
    }
}

extension Result<ForwardedAnswer, ForwardFailure> {
    /// Whether it is worth a look: an answer of success, or none although the cluster may have been asked.
    fileprivate var mayHaveChangedSomething: Bool {
        switch self {
        case .success(let answer): answer.isSuccess
        case .failure(let failure): failure.mayHaveBeenCarriedOut
        }
    }
}
