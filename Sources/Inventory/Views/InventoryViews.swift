package import ClusterLinks
import ExactJSON

/// The views at one moment: what "now" is in them, and of which clusters nothing is known by now.
package struct InventoryViews: Sendable {
    package let all: [InventoryView]

    /// - Parameter stale: the clusters whose links' health is `unknown` (truth rule 10). Told by whoever serves the present, who
    ///   knows of sightings that are stored a moment later, and today's `stale_after`.
    package init(at now: Instant, stale: [ClusterID]) {
        let moment = ViewMoment(now: now, stale: stale)
        all = [
            Self.clusterLinks(moment), Self.linkHistory, Self.linkErrors(moment), Self.linkTasks, Self.changes,
            Self.polls, Self.alerts(moment), Self.clusters(moment),
        ]
    }

    /// The views of a fleet as it is served.
    package init(of view: FleetView, at now: Instant) {
        self.init(at: now, stale: view.clusters.filter(\.isStale).map(\.id))
    }
}

/// What of the present the views hold.
struct ViewMoment {
    let now: Instant
    let stale: [ClusterID]

    /// Whether a row of `main.clusters` is stale.
    var isStale: String {
        let list = JSONValue.array(stale.map { .string($0.rawValue) }).encoded
        let json = SQLForm.literal(String(decoding: list, as: UTF8.self))
        return "(clusters.cluster_id IN (SELECT value FROM json_each(\(json))))"
    }
}
