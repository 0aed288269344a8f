package import ClusterLinks
package import ExactJSON

/// That someone has seen one alert and takes care of it.
///
/// It holds for this occurrence only: it ends when the alert resolves, and the next occurrence is told like any other.
package struct Acknowledgement: Sendable, Hashable {
    package let by: String
    package let comment: String
    package let at: Instant

    /// - Throws: also where the alert is resolved already: nobody should believe to have taken over what is over.
    package init(of alert: Alert, by: String, comment: String, at: Instant) throws(SuppressionFault) {
        guard alert.state != .resolved else { throw .alreadyResolved(alert: alert.id) }
        try SuppressionFault.check(by, "by", orElse: .noAuthor)
        try SuppressionFault.check(comment, "comment", orElse: .noComment)
        self.init(storedBy: by, comment: comment, at: at)
    }

    /// Reads the body of `POST /api/v1/alerts/{id}/ack`.
    package init(body: JSONObject, of alert: Alert, at: Instant) throws(SuppressionFault) {
        try self.init(of: alert, by: body.text("by"), comment: body.text("comment"), at: at)
    }

    /// Takes back what was accepted once.
    package init(storedBy by: String, comment: String, at: Instant) {
        self.by = by
        self.comment = comment
        self.at = at
    }

    package var json: JSONObject {
        ["by": .string(by), "comment": .string(comment), "at": .string(at.description)]
    }
}
