/// Where one cluster stands in the schedule.
package struct PollStatus: Sendable, Equatable {
    /// How long until the next poll is due, zero while it waits for a slot, nil while a poll is running.
    package let nextPollIn: Duration?

    /// Whether a poll is running.
    package let inFlight: Bool

    /// Failures since the last success, zero before the first poll.
    package let consecutiveFailures: Int

    /// The wait that the last failure brought, nil after a success.
    package let backoff: Duration?

    init<ID, Subject>(_ cluster: PollAgenda<ID, Subject>.Cluster, at now: Duration) {
        nextPollIn = cluster.isPolling ? nil : max(.zero, cluster.schedule.nextPoll - now)
        inFlight = cluster.isPolling
        consecutiveFailures = cluster.schedule.consecutiveFailures
        backoff = cluster.schedule.backoff
    }
}
