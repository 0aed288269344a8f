/// Which task readings of one cluster come next: a pure value.
///
/// - Links that were never read go before those of a round; each waits once and is never read twice at a time.
/// - While the cluster's last list failed, or none was read yet, nothing starts: a cluster that cannot be listed
///   is not asked for tasks. What waits goes on waiting.
/// - One reading at a time until one has succeeded, then up to `width`; after a failure one again. A cluster that stops
///   answering thus soon holds one slot.
/// - A failure that asks for patience holds the lane as a failed list would hold the polls.
struct TaskLane<Subject: Hashable & Sendable>: Sendable {
    enum Step: Sendable, Equatable {
        /// Ask which links there are, for a round.
        case collect
        /// Read one link's tasks.
        case read(Subject)
    }

    /// Readings of one cluster in flight while it answers well.
    static var width: Int { 4 }

    /// Failures after which a new link waits for the next round instead of being tried after each list.
    static var triesPerRound: Int { 3 }

    private var urgent = Backlog<Subject>()
    private var routine = Backlog<Subject>()
    private var reading: Set<Subject> = []
    private var failures: [Subject: Int] = [:]
    private var isRoundDue = false
    private var isCollecting = false
    private var isListed = false
    private var answers = false
    private var heldUntil: Duration?

    var inFlight: Int { reading.count + (isCollecting ? 1 : 0) }
    var hasUrgentWork: Bool { !urgent.isEmpty }

    func isRunnable(at now: Duration) -> Bool {
        mayStart && heldUntil.map { $0 <= now } ?? true
    }

    /// When a held lane goes on by itself, nil where no time is waited for.
    func resumption(after now: Duration) -> Duration? {
        heldUntil.flatMap { $0 > now && mayStart ? $0 : nil }
    }

    mutating func next(at now: Duration) -> Step? {
        guard isRunnable(at: now) else { return nil }
        if let subject = urgent.popFirst() { return read(subject) }
        if isRoundDue {
            isRoundDue = false
            isCollecting = true
            failures = [:]
            return .collect
        }
        return routine.popFirst().map { read($0) }
    }

    /// Notes a successful list, and the links in it that were never read.
    mutating func listed(awaiting subjects: [Subject]) {
        isListed = true
        for subject in subjects where !reading.contains(subject) && failures[subject, default: 0] < Self.triesPerRound {
            routine.remove(subject)
            urgent.append(subject)
        }
    }

    mutating func listFailed() {
        isListed = false
        answers = false
    }

    /// Notes that a round is due; one that falls into a round still going on is passed over.
    mutating func roundDue() {
        if !isCollecting && routine.isEmpty { isRoundDue = true }
    }

    mutating func collected(_ subjects: [Subject]) {
        isCollecting = false
        for subject in subjects where !reading.contains(subject) && !urgent.contains(subject) {
            routine.append(subject)
        }
    }

    mutating func finished(
        _ subject: Subject,
        _ verdict: TaskReadVerdict,
        backoff: Backoff,
        at now: Duration,
        jitter: Double
    ) {
        reading.remove(subject)
        switch verdict {
        case .done:
            answers = true
            failures[subject] = nil
        case .failed(let hint):
            answers = false
            failures[subject, default: 0] += 1
            if hint.straightToCap || hint.retryAfter != nil {
                let hold = now + backoff.delay(afterFailures: 1, hint: hint, jitter: jitter)
                heldUntil = max(heldUntil ?? hold, hold)
            }
        }
    }

    /// Forgets what was to be read, as when tasks are switched off; what is in flight goes on.
    mutating func clear() {
        urgent = Backlog()
        routine = Backlog()
        failures = [:]
        isRoundDue = false
    }

    /// Lets a held lane go on, since what held it may have been repaired.
    mutating func release() {
        heldUntil = nil
    }

    private var mayStart: Bool {
        isListed && inFlight < (answers ? Self.width : 1) && (isRoundDue || !urgent.isEmpty || !routine.isEmpty)
    }

    private mutating func read(_ subject: Subject) -> Step {
        reading.insert(subject)
        return .read(subject)
    }
}
