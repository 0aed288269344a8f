import ClusterLinks
import Inventory
import Logging
import Polling

/// Looking for what clusters were asked to change, by the poller's own way.
extension Forwarder {
    /// Polls a cluster, unless it has refused to be asked, and judges by what came.
    func look(at cluster: ClusterID) async {
        var hasList = false
        // What it says of who asks, and of how often, holds here too: its own schedule says when to ask again. Any other
        // failure may be over by now.
        let answered = inventory.fleet.tally(of: cluster).lastPoll?.outcome.httpStatus
        if !Self.refusals.contains(answered) {
            do throws(PollerError) {
                hasList = try await poller.pollNow(cluster)?.poll.outcome.isSuccess ?? false
            } catch {
                switch error {
                // Nobody waits any more for what is known then.
                case .stopped, .cancelled: return
                case .unknownCluster, .clusterRemoved:
                    return tell(agenda.forget(cluster, at: timebase.now), on: cluster)
                }
            }
        }
        let isMet = { (expectation: LinkExpectation) in
            expectation.isMet(by: self.listed(expectation.link, on: cluster))
        }
        let ended = agenda.looked(at: cluster, isMet: hasList ? isMet : nil, at: timebase.now)
        tell(ended, on: cluster)
        bellPush.yield()
    }

    /// Not authenticated, not allowed, too often.
    private static let refusals: Set<Int?> = [401, 403, 429]

    private func tell(_ ended: [ExpectationAgenda.Ended], on cluster: ClusterID) {
        for ended in ended {
            let metadata: Logger.Metadata = [
                "cluster.id": "\(cluster)", "link.name": "\(ended.expectation.link)",
                "link.change": "\(ended.expectation.change.rawValue)", "link.seconds": "\(ended.after.seconds)",
            ]
            switch ended.end {
            case .met: logger.notice("inventory shows what a cluster was asked to change", metadata: metadata)
            case .givenUp, .clusterLeft:
                logger.warning(
                    "inventory does not show what a cluster was asked to change; it is looked for no longer than by ordinary polls",
                    metadata: metadata
                )
            }
        }
    }
}
