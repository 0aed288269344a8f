package import ClusterLinks
import ExactJSON

/// The views at one moment: what "now" is in them, and of which clusters nothing is known by now.
package struct InventoryViews: Sendable {
    /// How it is known that a cluster is stale, so that the health of its links is `unknown` (truth rule 10).
    package enum Staleness: Sendable {
        /// As the running service says: it knows sightings that are stored a moment later, and today's `stale_after`.
        case told([ClusterID])
        /// As the stored polls say.
        case stored
    }

    package let all: [InventoryView]

    package init(at now: Instant, stale: Staleness) {
        let moment = ViewMoment(now: now, staleness: stale)
        all = [
            Self.clusterLinks(moment), Self.linkHistory, Self.linkErrors(moment), Self.linkTasks, Self.changes,
            Self.polls, Self.alerts(moment), Self.clusters(moment),
        ]
    }

    /// The views of a fleet as it is served.
    package init(of view: FleetView, at now: Instant) {
        self.init(at: now, stale: .told(view.clusters.filter(\.isStale).map(\.id)))
    }
}

/// What of the present the views hold.
struct ViewMoment {
    let now: Instant
    let staleness: InventoryViews.Staleness

    /// Whether a row of `main.clusters` is stale.
    var isStale: String {
        switch staleness {
        case .told(let clusters):
            let list = JSONValue.array(clusters.map { .string($0.rawValue) }).encoded
            let json = SQLForm.literal(String(decoding: list, as: UTF8.self))
            return "(clusters.cluster_id IN (SELECT value FROM json_each(\(json))))"
        case .stored:
            let end = SQLForm.lastRun(
                "run.last_at + run.stale_after_ms",
                of: "clusters.cluster_key",
                where: "run.failure IS NULL"
            )
            return "(NOT clusters.configured OR ifnull(\(end), 0) <= \(now.milliseconds))"
        }
    }
}
