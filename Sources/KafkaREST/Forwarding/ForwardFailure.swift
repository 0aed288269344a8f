/// Why a request that was to be passed on has no answer of the cluster's.
package struct ForwardFailure: Error, Hashable {
    package let reason: FailureReason
    /// One short line for people, without secrets.
    package let message: String
    /// Whether the cluster may have done what was asked: false where the request certainly did not reach it, or was sent elsewhere.
    package let mayHaveBeenCarriedOut: Bool

    package init(_ reason: FailureReason, message: String, mayHaveBeenCarriedOut: Bool) {
        self.reason = reason
        self.message = message
        self.mayHaveBeenCarriedOut = mayHaveBeenCarriedOut
    }
}

extension ForwardFailure: CustomStringConvertible {
    package var description: String { "\(reason.rawValue): \(message)" }
}
