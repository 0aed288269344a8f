/// Asks every cluster when its schedule says so, and never more of them at once than allowed.
///
/// A shell around `PollAgenda`: it reads the clock, performs what the agenda says in children of `run()`, and tells it how
/// that ended. One alarm serves the whole fleet; no cluster has a task of its own while it waits.
package actor Poller<Source: PollSource> {
    private enum Phase {
        case new, running, stopped
    }

    let source: Source
    let timebase: Timebase
    var agenda: PollAgenda<Source.ID, Source.TaskSubject>
    var manualPolls = ManualPolls<Source.ID, Source.Report>()
    private var phase = Phase.new
    private var randomness: any RandomNumberGenerator & Sendable
    private var alarms: [Duration] = []

    /// Rings whenever there may be something to start; rings in a row are one.
    private let bell: AsyncStream<Void>
    private let bellPush: AsyncStream<Void>.Continuation

    /// A poller that asks nothing before it has targets and is run.
    ///
    /// - Parameters:
    ///   - source: what is asked.
    ///   - concurrency: requests in flight over the whole fleet, lists and readings of tasks together; at least one.
    ///   - clock: monotonic, and running on while the machine sleeps.
    ///   - randomness: for the jitter of the backoff.
    package init(
        source: Source,
        concurrency: Int = 64,
        clock: some Clock<Duration> = ContinuousClock(),
        randomness: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.source = source
        self.randomness = randomness
        timebase = Timebase(clock)
        agenda = PollAgenda(concurrency: concurrency)
        (bell, bellPush) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        bellPush.yield()
    }

    /// Polls until its task is cancelled, then cancels what is in flight and returns when the last of it has ended.
    ///
    /// Callers of `pollNow` that still wait then get `stopped`. It runs once; another call returns at once.
    package func run() async {
        guard phase == .new else { return }
        phase = .running
        await withDiscardingTaskGroup { group in
            for await _ in bell { startWhatIsDue(in: &group) }
            group.cancelAll()
        }
        phase = .stopped
        manualPolls.stopped()
    }

    /// Replaces the targets: new ones are first polled within five seconds (or their interval), unchanged ones keep their
    /// schedule, changed plans hold from now on, the others are asked no more.
    ///
    /// A poll in flight for a cluster taken out is not interrupted, and its report still reaches who waits for it.
    ///
    /// - Parameters:
    ///   - targets: all clusters to ask from now on; their schedules count from this call.
    ///   - repaired: those whose endpoint or credentials changed; they are asked soon in spite of any backoff.
    ///   - concurrency: the bound on what is in flight from now on; nil leaves it.
    package func update(
        targets: [PollTarget<Source.ID>],
        repaired: Set<Source.ID> = [],
        concurrency: Int? = nil
    ) {
        if let concurrency { agenda.bound(concurrency: concurrency) }
        agenda.update(targets, repaired: repaired, at: timebase.now)
        manualPolls.removed { !agenda.isTarget($0) }
        bellPush.yield()
    }

    /// Polls a cluster now, in spite of any backoff and ahead of what is due, and returns the report of that poll.
    ///
    /// The report is always of a poll that *began* after this call: where one is running already, another follows it as soon
    /// as it has ended. Calls that wait for the same beginning share one poll. The bound on what is in flight holds for
    /// manual polls too. Before `run()`, the call waits for it.
    ///
    /// - Throws: `unknownCluster`, `clusterRemoved`, `stopped`; `cancelled` as soon as the caller's task is.
    package func pollNow(_ id: Source.ID) async throws(PollerError) -> Source.Report {
        guard phase != .stopped else { throw .stopped }
        guard agenda.isTarget(id) else { throw .unknownCluster(String(describing: id)) }
        agenda.requestPoll(of: id)
        let caller = ManualPoll<Source.Report>()
        manualPolls.add(caller, for: id)
        bellPush.yield()
        return try await caller.outcome.get()
    }

    private func startWhatIsDue(in group: inout DiscardingTaskGroup) {
        let now = timebase.now
        while let action = agenda.nextAction(at: now) {
            if case .poll(let id) = action { manualPolls.started(id) }
            group.addTask { await self.perform(action) }
        }
        if let due = agenda.nextDue, alarms.last.map({ due < $0 }) ?? true {
            alarms.append(due)
            group.addTask { await self.ring(at: due) }
        }
    }

    /// Sleeps towards the earliest instant at which something is due.
    ///
    /// An alarm is set only if it is earlier than all that are set, so that few are; one that was overtaken rings in vain.
    private func ring(at due: Duration) async {
        // Sleeping ends early only with the poller itself.
        try? await timebase.sleep(until: due)
        alarms.removeAll { $0 == due }
        bellPush.yield()
    }

    private func perform(_ action: PollAgenda<Source.ID, Source.TaskSubject>.Action) async {
        switch action {
        case .poll(let id):
            await poll(id)
        case .collect(let id):
            let subjects = await source.allLinks(of: id)
            agenda.collected(subjects, of: id, at: timebase.now)
        case .readTasks(let subject, let id):
            let verdict = await source.readTasks(of: subject, on: id)
            agenda.tasksRead(subject, of: id, verdict, at: timebase.now, jitter: drawJitter())
        }
        bellPush.yield()
    }

    private func poll(_ id: Source.ID) async {
        let (verdict, report) = await source.poll(id)
        // The report of a poll that was cut off says nothing about the cluster; `run()` tells its callers.
        if !Task.isCancelled { manualPolls.finished(id, with: report) }
        let readsTasks = verdict == .success && agenda.clusters[id]?.schedule.plan.tasks == true && !Task.isCancelled
        let awaiting = readsTasks ? await source.linksAwaitingTasks(of: id) : []
        agenda.pollFinished(id, verdict, awaiting: awaiting, at: timebase.now, jitter: drawJitter())
    }

    private func drawJitter() -> Double {
        Double.random(in: -1...1, using: &randomness)
    }
}
