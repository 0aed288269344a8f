/// Why a request brought no answer at all.
package struct TransportFailure: Error, Hashable {
    /// The raw value of a `FailureReason`: `dns`, `connect`, `tls`, `timeout`, …; any other counts as `internal`.
    package let reason: String
    /// For people, with nothing secret in it.
    package let message: String
    /// False where the request certainly did not reach the upstream.
    package let mayHaveBeenSent: Bool

    package init(reason: String, message: String, mayHaveBeenSent: Bool = true) {
        self.reason = reason
        self.message = message
        self.mayHaveBeenSent = mayHaveBeenSent
    }
}

extension TransportFailure: CustomStringConvertible {
    package var description: String { "\(reason): \(message)" }
}
