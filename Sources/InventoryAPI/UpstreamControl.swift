package import ClusterLinks
package import KafkaREST

/// Who asks clusters what only they can answer, as far as the interface may have it asked.
package protocol UpstreamControl: Sendable {
    /// Brings a cluster's own answer to a question, whatever its status.
    /// - Throws: `ForwardRefusal`.
    func read(
        _ request: ForwardedRequest,
        of cluster: ClusterID
    ) async throws(ForwardRefusal) -> ForwardedAnswer

    /// Has a cluster create or delete a link and brings its answer; afterwards the cluster is polled until the inventory shows it.
    ///
    /// Who asks stands in the audit before the cluster is asked, and what came of it afterwards, also where the caller is
    /// cancelled meanwhile: what was begun goes on.
    /// - Throws: `ForwardRefusal`.
    func write(
        _ request: ForwardedRequest,
        on cluster: ClusterID,
        by principal: Principal
    ) async throws(ForwardRefusal) -> ForwardedAnswer
}

/// Why a request has no answer of a cluster's.
package enum ForwardRefusal: Error, Sendable, Hashable {
    case notConfigured
    /// As many requests are under way as may be; a moment later there may be room.
    case busy
    /// The database refuses writes, so that nobody would know who asked: nothing was sent.
    case notStored
    /// The service is starting or stopping: nothing was sent.
    case unavailable
    case failed(ForwardFailure)
}
