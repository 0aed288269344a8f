/// How one attempt to list a cluster's links ended, in words that repeat: what a run of equal polls has in common.
package struct PollOutcome: Sendable, Hashable {
    /// Nil for a success; else one of a bounded set (`dns`, `connect`, `tls`, `authentication`, `malformed`, …).
    package let failure: String?
    /// The status of the answer; nil where none came.
    package let httpStatus: Int?

    package init(failure: String?, httpStatus: Int?) {
        self.failure = failure
        self.httpStatus = httpStatus
    }

    package static let success = PollOutcome(failure: nil, httpStatus: 200)

    package var isSuccess: Bool { failure == nil }
}
