/// An error episode that has not ended: one unbroken span of one trouble on one link (truth rule 14).
///
/// A failed poll is inside it, and so is another message; another code ends it and begins the next.
package struct OpenEpisode: Sendable, Hashable {
    package let trouble: Trouble
    package let startedAt: Instant
    /// Whether it was there at the very first poll of the cluster, so that it may be older than it looks.
    package let startedBeforeObservation: Bool
    /// The count of the cluster's successful polls at its first observation, which counts itself.
    package let firstObservation: Int
    /// The latest message, once there was one.
    package var message: String?

    package init(
        trouble: Trouble,
        startedAt: Instant,
        startedBeforeObservation: Bool,
        firstObservation: Int,
        message: String?
    ) {
        self.trouble = trouble
        self.startedAt = startedAt
        self.startedBeforeObservation = startedBeforeObservation
        self.firstObservation = firstObservation
        self.message = message
    }
}
