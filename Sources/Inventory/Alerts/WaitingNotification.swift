package import ClusterLinks

/// A notification that one receiver has still to be brought.
package struct WaitingNotification: Sendable, Hashable {
    package let id: String
    package let receiver: String
    /// The JSON to send.
    package let body: [UInt8]
    package let at: Instant
    /// Those that failed.
    package let attempts: Int
    package let nextAttemptAt: Instant?
}

/// What became of an attempt to bring it.
package enum NotificationEnd: Sendable, Hashable {
    case delivered
    /// It is tried again.
    case postponed(attempts: Int, until: Instant)
    /// Given up, with the word for why.
    case givenUp(reason: String)
}
