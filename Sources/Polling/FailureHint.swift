/// What a failure says about when to ask again.
package struct FailureHint: Sendable, Equatable {
    /// Whether asking soon is pointless, as after 401 and 403: credentials do not heal by themselves.
    package var straightToCap: Bool

    /// How long the upstream asked to be left alone (`Retry-After`, RFC 9110 section 10.2.3), nil where it did not.
    package var retryAfter: Duration?

    /// An ordinary failure unless something is said.
    package init(straightToCap: Bool = false, retryAfter: Duration? = nil) {
        self.straightToCap = straightToCap
        self.retryAfter = retryAfter
    }
}
