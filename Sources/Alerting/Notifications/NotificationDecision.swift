package import ClusterLinks

/// What follows from the present: what to send, what to remember of it, and when to ask again.
package struct NotificationDecision: Sendable, Hashable {
    /// To be stored in the outbox, in this order.
    package internal(set) var notifications: [IncidentNotification] = []
    /// To be sent at once, and not stored.
    package internal(set) var posts: [AlertmanagerPost] = []
    /// To be stored in the transaction of the notifications.
    package internal(set) var told: [Told] = []
    /// When something is due though nothing happens until then; nil where nothing is.
    package internal(set) var askAgainAt: Instant?

    /// That nothing is to be done.
    package init() {}
}
