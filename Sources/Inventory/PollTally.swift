package import ClusterLinks

/// How the polls of one cluster went, up to the last one.
package struct PollTally: Sendable, Hashable {
    package struct Poll: Sendable, Hashable {
        package let at: Instant
        package let outcome: PollOutcome
        package let duration: Duration
        /// Bounded, and free of secrets; nil for a success.
        package let message: String?
    }

    /// Nil before the first poll since the database began.
    package internal(set) var lastPoll: Poll?
    package internal(set) var lastFailure: Poll?
    package internal(set) var lastSuccessAt: Instant?
    package internal(set) var consecutiveFailures = 0
    /// Since the cluster was first polled, ever.
    package internal(set) var successes = 0
    /// Since the service started.
    package internal(set) var polls = 0
    /// Since the service started, by reason.
    package internal(set) var failures: [String: Int] = [:]

    /// A cluster never polled.
    package init() {}

    mutating func add(_ poll: Poll) {
        lastPoll = poll
        polls += 1
        if let reason = poll.outcome.failure {
            lastFailure = poll
            consecutiveFailures += 1
            failures[reason, default: 0] += 1
        } else {
            lastSuccessAt = poll.at
            successes += 1
            consecutiveFailures = 0
        }
    }
}
