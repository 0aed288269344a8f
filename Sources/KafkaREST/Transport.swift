/// What carries one request to the upstream and brings its answer back: the seam between Confluent's REST and HTTP.
///
/// An HTTP status of any kind is an answer, a redirect too. A transport verifies TLS, keeps its own time-outs and its own
/// bound on the size of a body, and ends soon after its task is cancelled. Whatever is not a GET is sent once: it is neither
/// repeated nor sent on to where a redirect leads.
package protocol Transport: Sendable {
    /// Sends one request and returns after the whole answer has come.
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse
}
