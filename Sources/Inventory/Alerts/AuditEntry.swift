package import ClusterLinks

/// Something that a person did through linkwatch, or asked of it.
package struct AuditEntry: Sendable, Hashable {
    package let at: Instant
    /// The name of the token, or how they came where no token was needed.
    package let actor: String
    /// Where they came from: an address, or `unix`; nil for a signal, and for what was done before this was kept.
    package let peer: String?
    /// What was done, such as `silence.create`.
    package let action: String
    /// The id of what it was done to.
    package let target: String
    /// In the words of who did it; never a secret.
    package let detail: String

    package init(at: Instant, actor: String, peer: String?, action: String, target: String, detail: String) {
        self.at = at
        self.actor = actor
        self.peer = peer
        self.action = action
        self.target = target
        self.detail = detail
    }
}
