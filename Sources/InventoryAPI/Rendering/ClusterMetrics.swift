import ClusterLinks
import Exposition
import Inventory

/// The `clusterlink_cluster_*` series: they live as long as the cluster is configured.
enum ClusterMetrics {
    static func families(of view: FleetView, tallies: [ClusterID: PollTally]) -> [MetricFamily] {
        var info = MetricFamily("clusterlink_cluster_info", .gauge, help: "A cluster of the configuration; always 1.")
        var up = MetricFamily("clusterlink_cluster_up", .gauge, help: "Whether the last poll of a cluster succeeded.")
        var success = MetricFamily(
            "clusterlink_cluster_last_success_timestamp_seconds",
            .gauge,
            help: "When the last successful poll of a cluster ended, in Unix time."
        )
        var links = MetricFamily("clusterlink_cluster_links", .gauge, help: "Links that a cluster listed last.")
        var ghosts = MetricFamily(
            "clusterlink_cluster_unmanaged_links",
            .gauge,
            help: "Records without a name that a cluster listed last."
        )
        var polls = MetricFamily(
            "clusterlink_cluster_polls",
            .counter,
            help: "Polls of a cluster since the service started."
        )
        var failures = MetricFamily(
            "clusterlink_cluster_poll_failures",
            .counter,
            help: "Failed polls of a cluster since the service started."
        )
        for cluster in view.clusters where cluster.isConfigured {
            let tally = tallies[cluster.id] ?? PollTally()
            let id = [Label("kafka_cluster_id", cluster.id.rawValue)]
            info.add(
                1,
                id + [Label("kafka_cluster_name", cluster.description.name ?? "")]
                    + cluster.description.labels.sorted { $0.key < $1.key }.map { Label($0.key, $0.value) }
            )
            if let poll = tally.lastPoll { up.add(poll.outcome.isSuccess ? 1 : 0, id) }
            if let instant = tally.lastSuccessAt { success.add(Double(instant.milliseconds) / 1000, id) }
            if cluster.wasListed {
                links.add(Double(cluster.links.count), id)
                ghosts.add(Double(cluster.ghosts.count), id)
            }
            polls.add(Double(tally.polls), id)
            for (reason, count) in tally.failures.sorted(by: { $0.key < $1.key }) {
                failures.add(Double(count), id + [Label("reason", reason)])
            }
        }
        return [info, up, success, links, ghosts, polls, failures]
    }
}
