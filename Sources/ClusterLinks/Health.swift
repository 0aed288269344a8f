/// How a link is, in the order from good to ignorant (truth rule 10).
package enum Health: String, Sendable, Hashable, CaseIterable {
    case ok, degraded, error, unknown

    /// The health that a content shows, whatever its age; never `unknown`.
    ///
    /// `PAUSED` is deliberate and `ok`.
    package init(lastKnownOf content: LinkContent) {
        if content.error != nil || content.state?.isBad == true {
            self = .error
        } else if content.tasks.contains(where: \.isFailing) {
            self = .degraded
        } else {
            self = .ok
        }
    }

    /// The health of a link whose cluster has, or has not, been listed within `stale_after`.
    package init(lastKnown: Health, isStale: Bool) { self = isStale ? .unknown : lastKnown }
}
