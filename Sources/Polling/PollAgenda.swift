/// What the whole fleet is to be asked next, within a bound on what is in flight: a pure value that takes events and
/// instants and answers with actions.
///
/// Order: manual polls, then ordinary polls as they fell due, then task readings, cluster by cluster in turn with
/// new links first. Task readings hold at most half of the slots (one of one), so that lists always find
/// some that end soon; and one cluster holds at most one slot for lists and `TaskLane.width` for tasks.
struct PollAgenda<ID: Hashable & Sendable, Subject: Hashable & Sendable>: Sendable {
    enum Action: Sendable, Hashable {
        case poll(ID)
        case collect(ID)
        case readTasks(Subject, ID)
    }

    struct Cluster: Sendable {
        var schedule: ClusterSchedule
        var lane = TaskLane<Subject>()
        /// False for a cluster taken out while it was being asked; it is forgotten when the last answer is there.
        var isTarget = true
        var isPolling = false
        /// Somebody asked for a poll while one was running.
        var isWantedAgain = false
    }

    private(set) var concurrency: Int
    var clusters: [ID: Cluster] = [:]
    var due = DueQueue<ID>()
    var manual = Backlog<ID>()
    var ordinary = Backlog<ID>()
    var urgentLanes = Backlog<ID>()
    var routineLanes = Backlog<ID>()
    private(set) var pollsInFlight = 0
    private(set) var taskReadsInFlight = 0

    /// An agenda without clusters; fewer than one slot count as one.
    init(concurrency: Int) {
        self.concurrency = max(1, concurrency)
    }

    /// Bounds what starts from now on; what is in flight beyond a lower bound ends by itself.
    mutating func bound(concurrency: Int) { self.concurrency = max(1, concurrency) }

    /// When something falls due next; nothing starts by itself before, except when an action ends.
    var nextDue: Duration? { due.firstDue }

    /// Whether a cluster is to be asked; false too for one that is only still being asked.
    func isTarget(_ id: ID) -> Bool { clusters[id]?.isTarget == true }

    /// Asks for a poll of a target that begins after now, whatever the schedule says.
    ///
    /// A poll that is running began before, so another follows it. Requests that wait for the same beginning are one.
    mutating func requestPoll(of id: ID) {
        guard let cluster = clusters[id], cluster.isTarget else { return }
        if cluster.isPolling {
            clusters[id]?.isWantedAgain = true
        } else {
            ordinary.remove(id)
            manual.append(id)
        }
    }

    /// The next thing to start, counted as in flight from here on; nil while there is nothing or no slot.
    mutating func nextAction(at now: Duration) -> Action? {
        admitDue(at: now)
        guard pollsInFlight + taskReadsInFlight < concurrency else { return nil }
        if let id = manual.popFirst() ?? ordinary.popFirst() { return startPoll(of: id, at: now) }
        guard taskReadsInFlight < max(1, concurrency / 2) else { return nil }
        return startLaneStep(at: now)
    }

    /// Notes how a poll ended.
    ///
    /// - Parameters:
    ///   - id: the cluster.
    ///   - verdict: how it ended.
    ///   - awaiting: after a success, the links whose tasks were never read.
    ///   - now: when it ended.
    ///   - jitter: drawn from -1 to 1.
    mutating func pollFinished(
        _ id: ID,
        _ verdict: PollVerdict,
        awaiting: [Subject],
        at now: Duration,
        jitter: Double
    ) {
        pollsInFlight -= 1
        clusters[id]?.isPolling = false
        clusters[id]?.schedule.pollFinished(verdict, at: now, jitter: jitter)
        switch verdict {
        case .success where clusters[id]?.schedule.plan.tasks == true: clusters[id]?.lane.listed(awaiting: awaiting)
        case .success: break
        case .failure: clusters[id]?.lane.listFailed()
        }
        if clusters[id]?.isWantedAgain == true {
            clusters[id]?.isWantedAgain = false
            manual.append(id)
        }
        settle(id, at: now)
    }

    /// Notes which links a round has to read.
    mutating func collected(_ subjects: [Subject], of id: ID, at now: Duration) {
        taskReadsInFlight -= 1
        let tasks = clusters[id]?.schedule.plan.tasks == true
        clusters[id]?.lane.collected(tasks ? subjects : [])
        settle(id, at: now)
    }

    /// Notes how the reading of one link's tasks ended; `jitter` is drawn from -1 to 1.
    mutating func tasksRead(
        _ subject: Subject,
        of id: ID,
        _ verdict: TaskReadVerdict,
        at now: Duration,
        jitter: Double
    ) {
        taskReadsInFlight -= 1
        if let backoff = clusters[id]?.schedule.plan.backoff {
            clusters[id]?.lane.finished(subject, verdict, backoff: backoff, at: now, jitter: jitter)
        }
        settle(id, at: now)
    }

    /// Lets go of a cluster that is done with, or sees to what it waits for next.
    mutating func settle(_ id: ID, at now: Duration) {
        guard let cluster = clusters[id] else { return }
        guard cluster.isTarget else {
            if !cluster.isPolling && cluster.lane.inFlight == 0 { clusters[id] = nil }
            return
        }
        if cluster.lane.isRunnable(at: now) {
            cluster.lane.hasUrgentWork ? urgentLanes.append(id) : routineLanes.append(id)
        }
        let isPollPending = cluster.isPolling || manual.contains(id) || ordinary.contains(id)
        let instants = [
            isPollPending ? nil : cluster.schedule.nextPoll, cluster.schedule.nextTasksRound,
            cluster.lane.resumption(after: now),
        ]
        due.set(id, due: instants.compactMap(\.self).min())
    }

    private mutating func admitDue(at now: Duration) {
        while let id = due.popFirst(dueBy: now) {
            guard let cluster = clusters[id] else { continue }
            if !cluster.isPolling && !manual.contains(id) && cluster.schedule.nextPoll <= now { ordinary.append(id) }
            if let round = cluster.schedule.nextTasksRound, round <= now {
                clusters[id]?.schedule.tasksRoundStarted(at: now)
                clusters[id]?.lane.roundDue()
            }
            settle(id, at: now)
        }
    }

    private mutating func startPoll(of id: ID, at now: Duration) -> Action {
        pollsInFlight += 1
        clusters[id]?.isPolling = true
        clusters[id]?.schedule.pollStarted(at: now)
        settle(id, at: now)
        return .poll(id)
    }

    private mutating func startLaneStep(at now: Duration) -> Action? {
        while let id = urgentLanes.popFirst() ?? routineLanes.popFirst() {
            guard let step = clusters[id]?.lane.next(at: now) else { continue }
            taskReadsInFlight += 1
            settle(id, at: now)
            switch step {
            case .collect: return .collect(id)
            case .read(let subject): return .readTasks(subject, id)
            }
        }
        return nil
    }
}
