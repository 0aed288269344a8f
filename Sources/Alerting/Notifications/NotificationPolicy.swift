/// When people and programs are told again of what they were told before.
package struct NotificationPolicy: Sendable, Hashable {
    /// From one notification of a firing incident to the reminder of it; zero for none.
    package let reminderInterval: Duration
    /// From one post of an alert to an Alertmanager to the next.
    package let resendInterval: Duration
    /// How long a posted alert is good for without another post.
    ///
    /// An alert that is not posted again is resolved to an Alertmanager, so this is also how long linkwatch may be away
    /// before one claims that all is well. Prometheus leaves four of its intervals.
    package let validity: Duration
    /// For how long the end of an alert is posted again, in case an Alertmanager was away when it ended.
    package let resolvedResending: Duration

    package init(
        reminderInterval: Duration = .seconds(4 * 3600),
        resendInterval: Duration = .seconds(60),
        validity: Duration = .seconds(300),
        resolvedResending: Duration = .seconds(300)
    ) {
        self.reminderInterval = reminderInterval
        self.resendInterval = resendInterval
        self.validity = validity
        self.resolvedResending = resolvedResending
    }
}
