package import ClusterLinks
package import Inventory

/// Who decides when clusters are polled, as far as the interface may ask it.
package protocol PollControl: Sendable {
    /// Polls a cluster now and waits for it.
    /// - Throws: `PollRefusal`.
    func pollNow(_ cluster: ClusterID) async throws(PollRefusal) -> RecordedPoll

    /// How long until the next poll of each cluster; none for a cluster that is being polled.
    func nextPolls() async -> [ClusterID: Duration]

    /// List polls running now.
    func pollsInFlight() async -> Int
}

/// Why a cluster was not polled when it was asked for.
package enum PollRefusal: Error, Sendable {
    case notConfigured
    case unavailable(reason: String)
}
