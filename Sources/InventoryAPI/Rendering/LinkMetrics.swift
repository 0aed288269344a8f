import ClusterLinks
import Exposition
import Inventory

/// The `clusterlink_*` series of links: those of configured clusters whose health is known.
enum LinkMetrics {
    /// The families without a sample.
    static let empty = families(of: [])

    /// The families in the order of `empty`, with the samples of one cluster.
    static func families(of cluster: ClusterView) -> [MetricFamily] {
        cluster.isConfigured && !cluster.isStale ? families(of: cluster.links) : empty
    }

    private static func families(of records: [LinkRecord]) -> [MetricFamily] {
        var info = MetricFamily("clusterlink_info", .gauge, help: "A cluster link that is listed now; always 1.")
        var up = MetricFamily(
            "clusterlink_up",
            .gauge,
            help: "1 while a link is ok or degraded, 0 while it is in error."
        )
        var state = MetricFamily(
            "clusterlink_state",
            .gauge,
            help: "The state of a link as its cluster reports it; always 1."
        )
        var error = MetricFamily("clusterlink_error", .gauge, help: "The error of a link while it has one; always 1.")
        var taskError = MetricFamily(
            "clusterlink_task_error",
            .gauge,
            help: "An error of one of a link's tasks while it has one; always 1."
        )
        var topics = MetricFamily("clusterlink_mirror_topics", .gauge, help: "Topics that a link lists.")
        var changed = MetricFamily(
            "clusterlink_last_change_timestamp_seconds",
            .gauge,
            help: "When a link's content last changed, in Unix time."
        )
        for record in records {
            let content = record.link.content
            let labels = [
                Label("kafka_cluster_id", record.cluster.rawValue), Label("link_name", record.link.name.rawValue),
                Label("cluster_link_id", record.clusterLinkID?.rawValue ?? ""),
            ]
            info.add(
                1,
                labels + [
                    Label("direction", record.direction.rawValue),
                    Label("remote_cluster_id", content.remoteClusterID ?? ""),
                ]
            )
            up.add(record.lastKnownHealth == .error ? 0 : 1, labels)
            if let value = content.state { state.add(1, labels + [Label("state", value.rawValue)]) }
            if let code = content.error { error.add(1, labels + [Label("code", code.rawValue)]) }
            for series in failures(content.tasks) { taskError.add(1, labels + series) }
            topics.add(Double(content.topicNames.count), labels)
            changed.add(Double(record.link.versionSince.milliseconds) / 1000, labels)
        }
        return [info, up, state, error, taskError, topics, changed]
    }

    /// One series for each task and code, however often the task tells it.
    private static func failures(_ tasks: [LinkTask]) -> [[Label]] {
        let pairs = tasks.filter(\.isFailing).flatMap { task in
            (task.errorCodes.isEmpty ? [""] : task.errorCodes.map(\.rawValue)).map { [task.name ?? "", $0] }
        }
        return Set(pairs).sorted { $0.lexicographicallyPrecedes($1) }.map {
            [Label("task", $0[0]), Label("code", $0[1])]
        }
    }
}
