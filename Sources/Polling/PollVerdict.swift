/// What one attempt to list a cluster's links gave, as far as the schedule must know.
package enum PollVerdict: Sendable, Equatable {
    /// A list was read and is durable.
    case success

    /// No list was read; the cluster is asked again after a backoff.
    case failure(FailureHint)
}
