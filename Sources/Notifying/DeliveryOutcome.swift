/// What became of one attempt to deliver a message; instants are spans since 1970-01-01T00:00:00Z.
package enum DeliveryOutcome: Sendable, Equatable {
    /// The receiver has taken it.
    case delivered(at: Duration)
    /// It stays the receiver's oldest and is tried again, `attempts` being those that failed so far.
    case failed(DeliveryFailure, attempts: Int, nextAttempt: Duration)
    /// It will not be tried again.
    case dropped(DeliveryFailure, at: Duration)
}
