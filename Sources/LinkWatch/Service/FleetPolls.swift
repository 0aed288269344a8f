import ClusterLinks
import Inventory
import InventoryAPI
import Polling

/// The poller, as the interface may ask it.
struct FleetPolls: PollControl {
    let poller: Poller<FleetSource>

    func pollNow(_ cluster: ClusterID) async throws(PollRefusal) -> RecordedPoll {
        do throws(PollerError) {
            guard let recorded = try await poller.pollNow(cluster) else { throw PollerError.stopped }
            return recorded
        } catch {
            switch error {
            case .unknownCluster, .clusterRemoved: throw .notConfigured
            case .stopped, .cancelled: throw .unavailable(reason: error.description)
            }
        }
    }

    func nextPolls() async -> [ClusterID: Duration] { await poller.statuses.compactMapValues(\.nextPollIn) }

    func pollsInFlight() async -> Int { await poller.pollsInFlight }
}
