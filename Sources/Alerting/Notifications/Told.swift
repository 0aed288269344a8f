package import ClusterLinks

/// What one receiver was told of one thing, to be stored in the transaction that stores what it is told.
///
/// One row for a receiver and a subject, which each later one replaces. All that keeps a notification from being
/// repeated after a restart is here.
package struct Told: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        /// By the incident's id: for webhooks.
        case incident(String)
        /// By the alert's id: for Alertmanagers.
        case alert(String)
    }

    package let receiver: String
    package let subject: Subject
    /// How many firing notifications there were: the first, and one for each time it became more severe.
    package var firings: Int
    package var reminders: Int
    /// The highest severity that was told.
    package var severity: AlertSeverity
    /// When the last firing notification or reminder was planned.
    package var at: Instant
    /// When it was told that it is over; then nothing more is to come, and the row may go with what it is about.
    package var resolvedAt: Instant?

    package init(
        receiver: String,
        subject: Subject,
        firings: Int,
        reminders: Int,
        severity: AlertSeverity,
        at: Instant,
        resolvedAt: Instant?
    ) {
        self.receiver = receiver
        self.subject = subject
        self.firings = firings
        self.reminders = reminders
        self.severity = severity
        self.at = at
        self.resolvedAt = resolvedAt
    }
}
