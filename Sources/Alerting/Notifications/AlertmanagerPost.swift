package import ClusterLinks

/// What an Alertmanager is to be told now, in one request.
///
/// It needs no place in an order and no number of tries: whatever of it is lost is posted again within an interval,
/// and of two posts that wait the later is true. So it may be dropped on failure, but never be sent late: past
/// `validUntil` it would say that its alerts are over.
package struct AlertmanagerPost: Sendable, Hashable {
    /// The receiver's name.
    package let receiver: String
    package let firing: [Incident.Child]
    package let resolved: [Incident.Child]
    package let at: Instant
    /// `endsAt` of those that fire.
    package let validUntil: Instant

    package init(
        receiver: String,
        firing: [Incident.Child],
        resolved: [Incident.Child],
        at: Instant,
        validUntil: Instant
    ) {
        self.receiver = receiver
        self.firing = firing
        self.resolved = resolved
        self.at = at
        self.validUntil = validUntil
    }
}
