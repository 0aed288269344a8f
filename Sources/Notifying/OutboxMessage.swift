/// One notification for one receiver.
///
/// Instants are spans since 1970-01-01T00:00:00Z.
package struct OutboxMessage: Sendable, Hashable {
    /// The same through all attempts, for the receiver to know a repetition by.
    package let notificationID: String
    /// The name of a ``Receiver``.
    package let receiver: String
    /// JSON: for an Alertmanager an array of alerts, for a webhook the notification.
    package let body: [UInt8]
    package let createdAt: Duration
    /// When it is no news any more and goes undelivered, such as alerts that have been sent anew since; nil for what has to arrive.
    package let expiresAt: Duration?
    /// Those that failed.
    package let attempts: Int
    /// Not to be tried before; nil for what was not tried.
    package let nextAttempt: Duration?

    package init(
        notificationID: String,
        receiver: String,
        body: [UInt8],
        createdAt: Duration,
        expiresAt: Duration? = nil,
        attempts: Int = 0,
        nextAttempt: Duration? = nil
    ) {
        self.notificationID = notificationID
        self.receiver = receiver
        self.body = body
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.attempts = attempts
        self.nextAttempt = nextAttempt
    }
}
