/// When one cluster is asked next: a pure value that takes events and instants.
///
/// Instants are monotonic durations since an origin that the owner chose, the same for all calls.
///
/// - The first poll comes soon, spread over `min(interval, 5 s)`, so that a restart is not blind for an interval.
/// - After a success, the next poll is the first slot of the cadence that is later than now and at least half an interval
///   later than the last poll began. Two polls of a healthy cluster thus begin between half and one and a half intervals apart,
///   on the cadence exactly one; what was missed in a stall or by an overlong poll is skipped.
/// - After a failure, the next poll comes a `Backoff` after the failed one ended.
/// - Who asked for a poll makes no difference to what follows it: a manual poll that succeeds ends the backoff, one that
///   fails counts as a failure.
package struct ClusterSchedule: Sendable, Equatable {
    /// The plan in force.
    package private(set) var plan: PollPlan

    /// When the next ordinary poll is due; meaningless while one is running.
    package private(set) var nextPoll: Duration

    /// When all tasks are read next, nil where tasks are not read.
    package private(set) var nextTasksRound: Duration?

    /// Failures since the last success.
    package private(set) var consecutiveFailures = 0

    /// The wait that the last failure brought, nil after a success.
    package private(set) var backoff: Duration?

    private static var soon: Duration { .seconds(5) }
    private let phase: SpreadPhase
    private let tasksPhase: SpreadPhase
    private var lastStart: Duration?

    /// The schedule of a cluster that is known from `now` on.
    package init(plan: PollPlan, of id: some Any, at now: Duration) {
        self.plan = plan
        phase = SpreadPhase(of: id)
        tasksPhase = SpreadPhase(of: id, salt: 1)
        nextPoll = now + phase.offset(within: min(plan.interval, Self.soon))
        nextTasksRound = roundSlot(after: now)
    }

    /// Notes that a list poll began.
    package mutating func pollStarted(at now: Duration) {
        lastStart = now
    }

    /// Notes how the running list poll ended, and sets the next; `jitter` is drawn from -1 to 1.
    package mutating func pollFinished(_ verdict: PollVerdict, at now: Duration, jitter: Double) {
        switch verdict {
        case .success:
            consecutiveFailures = 0
            backoff = nil
            nextPoll = pollSlot(at: now)
        case .failure(let hint):
            consecutiveFailures += 1
            let delay = plan.backoff.delay(afterFailures: consecutiveFailures, hint: hint, jitter: jitter)
            backoff = delay
            nextPoll = now + delay
        }
    }

    /// Notes that the tasks round that was due begins, or is passed over, and sets the next.
    package mutating func tasksRoundStarted(at now: Duration) {
        nextTasksRound = roundSlot(after: now)
    }

    /// Takes over another plan from now on.
    ///
    /// A poll not yet made stays soon; a wait after failures becomes no longer than the new plan's cap; a cadence that
    /// did not change keeps its slots.
    package mutating func adopt(_ newPlan: PollPlan, at now: Duration) {
        let old = plan
        plan = newPlan
        if (old.tasks, old.tasksInterval) != (newPlan.tasks, newPlan.tasksInterval) {
            nextTasksRound = roundSlot(after: now)
        }
        if consecutiveFailures > 0, old.backoff != newPlan.backoff {
            nextPoll = min(nextPoll, now + newPlan.backoff.cap)
        } else if consecutiveFailures == 0, lastStart != nil, old.interval != newPlan.interval {
            nextPoll = pollSlot(at: now)
        }
    }

    /// Asks again soon, whatever was waited for: what made the cluster fail may have been repaired.
    package mutating func expedite(at now: Duration) {
        consecutiveFailures = 0
        backoff = nil
        nextPoll = min(nextPoll, now + phase.offset(within: min(plan.interval, Self.soon)))
    }

    private func pollSlot(at now: Duration) -> Duration {
        let earliest = (lastStart ?? now) + plan.interval / 2
        return Cadence(every: plan.interval, at: phase).slot(after: max(now, earliest))
    }

    private func roundSlot(after now: Duration) -> Duration? {
        plan.tasks ? Cadence(every: plan.tasksInterval, at: tasksPhase).slot(after: now) : nil
    }
}
