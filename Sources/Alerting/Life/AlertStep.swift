package import ClusterLinks

/// One step in the life of one alert: a row of its events, and what a notification is decided by.
package struct AlertStep: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Bad for the first time: pending.
        case began
        /// Over both thresholds, of count and of time: whoever is on call wants to know.
        case fired
        /// Another code, with its message.
        case codeChanged = "code_changed"
        case messageChanged = "message_changed"
        case severityRaised = "severity_raised"
        /// The first good observation of a firing alert.
        case recovering
        /// Bad again before it resolved: the good ones are forgotten.
        case relapsed
        /// It would have resolved, once too often within the window.
        case startedFlapping = "started_flapping"
        /// No flip for a whole window: the mark goes.
        case calmed
        /// The link got another name.
        case renamed
        /// The link got the id that its server now sends.
        case adopted
        case resolved
        /// Nothing but one more observation of a stream that nobody else numbers, which has to be kept for the count to
        /// survive a restart; no event to show.
        case counted
    }

    package let kind: Kind
    /// Nil where the alert begins.
    package let before: Alert?
    package let after: Alert
    package let at: Instant

    package init(kind: Kind, before: Alert?, after: Alert, at: Instant) {
        self.kind = kind
        self.before = before
        self.after = after
        self.at = at
    }
}
