/// The kinds of problems that have a `type` of their own (RFC 9457 §3.1.1), by the last part of its reference.
///
/// docs/api.md lists them; all others are `about:blank`.
package enum ProblemType: String, Sendable, CaseIterable {
    case unknownParameter = "unknown-parameter"
    case badParameter = "bad-parameter"
    case badBody = "bad-body"
    case badCursor = "bad-cursor"
    case sequenceGone = "sequence-gone"
    case sequenceAhead = "sequence-ahead"
    case unknownCluster = "unknown-cluster"
    case retiredCluster = "retired-cluster"
    case unknownLink = "unknown-link"
    case notYetObserved = "not-yet-observed"
    case notKept = "not-kept"
    case unauthenticated
    case tooManyAttempts = "too-many-attempts"
    case forbidden
    case foreignOrigin = "foreign-origin"
    case unsupportedMediaType = "unsupported-media-type"
    case wrongHost = "wrong-host"
    case unavailable
    case nothingToReload = "nothing-to-reload"
    case configurationRefused = "configuration-refused"
    case unknownAlert = "unknown-alert"
    case unknownSilence = "unknown-silence"
    case unknownIncident = "unknown-incident"
    case notAcknowledged = "not-acknowledged"
    case silenceOver = "silence-over"
    case notStored = "not-stored"
    case alreadyResolved = "already-resolved"
    case noEnd = "no-end"
    case endsBeforeStart = "ends-before-start"
    case inThePast = "in-the-past"
    case noMatcher = "no-matcher"
    case tooManyMatchers = "too-many-matchers"
    case badLabelName = "bad-label-name"
    case badPattern = "bad-pattern"
    case matchesEverything = "matches-everything"
    case noAuthor = "no-author"
    case noComment = "no-comment"
    case tooLong = "too-long"
    case badQuery = "bad-query"
    case queryNotAllowed = "query-not-allowed"
    case queryTooLong = "query-too-long"
    case queryLimit = "query-limit"
    case queryFailed = "query-failed"
    case queriesBusy = "queries-busy"
    case notAcceptable = "not-acceptable"

    /// The value of `type` in a problem document.
    package var reference: String { "/problems/\(rawValue)" }
}
