import ClusterLinks
import ExactJSON

extension Listing {
    /// The links of the fleet.
    package static let links = Listing(
        [
            .cluster, .link, Column("HEALTH") { .health($0.text("health")) },
            .text("STATE", "link_state", rank: 3),
            Column("ERROR", least: 10, fair: 16) { TextTable.Cell($0.trouble, .bad) },
        ]
            + Column.instant("CHANGED", "last_changed_at")
            + [.text("MESSAGE", "link_error_message", least: 20, rank: 5)],
        fields: [
            "cluster_id", "cluster_name", "link_name", "cluster_link_id", "health", "last_known_health", "link_state",
            "link_error", "link_error_message", "direction", "remote_cluster_id", "first_observed_at",
            "last_changed_at", "deleted_at", "stale", "topic_names",
        ],
        nothing: "no such links"
    )

    /// The versions of one link, newest first.
    package static let versions = Listing(
        Column.instant("SINCE", "valid_from") + [
            Column("FOR", rank: 1) { row in
                let end = row.instant("valid_to") ?? row.surroundings.now
                return TextTable.Cell(row.instant("valid_from").map { (end - $0).rough } ?? "")
            },
            Column("STATE", rank: 3) { TextTable.Cell($0.text("link.link_state")) },
            Column("ERROR", least: 10, fair: 20) { TextTable.Cell($0.text("link.link_error"), .bad) },
            Column("WHAT CHANGED", least: 12, fair: 24) { TextTable.Cell($0.news) },
            .text("MESSAGE", "link.link_error_message", least: 20, rank: 5),
        ],
        fields: ["cluster_link_id", "valid_from", "valid_to", "changed", "link.link_state", "link.link_error", "link"],
        nothing: "no versions in that time"
    )

    /// Error episodes, newest first.
    package static func episodes(ofFleet isFleet: Bool) -> Listing {
        Listing(
            Column.instant("STARTED", "started_at") + [
                Column("LASTED") { row in
                    let length = Duration.seconds(row.value.member("duration_seconds").seconds ?? 0).rough
                    return row.flag("ongoing") ? TextTable.Cell("ongoing", .bad) : TextTable.Cell(length)
                }
            ] + (isFleet ? [.cluster, .link] : []) + [
                Column("ERROR", least: 10, fair: 16) { TextTable.Cell($0.trouble) },
                Column("POLLS", rank: 3) { TextTable.Cell(CSVText.words($0.value.member("observations"))) },
                .text("MESSAGE", "link_error_message", least: 20, rank: isFleet ? 5 : 2),
            ],
            fields: [
                "cluster_id", "link_name", "cluster_link_id", "link_error", "link_error_message", "link_state",
                "started_at", "ended_at", "duration_seconds", "blind_seconds", "ongoing", "observations",
                "last_observed_at", "started_before_observation",
            ],
            nothing: "no errors in that time",
            tellsClusterNames: isFleet
        )
    }
}

extension Listing.Row {
    /// The error, or the task or state that is bad without one.
    fileprivate var trouble: String {
        let error = text("link_error")
        guard error.isEmpty else { return error }
        for task in value.member("tasks").array ?? [] {
            if let code = task.member("errors").array?.first?.member("error_code").string {
                return "\(code) (\(task.member("task_name").string ?? "task"))"
            }
        }
        // An episode has a state only where that is the trouble.
        return value.object?["started_at"] != nil ? text("link_state") : ""
    }

    /// What is new in a version beside the one before it.
    fileprivate var news: String {
        let changed = (value.member("changed").array ?? []).compactMap(\.string)
        guard let older = next else { return changed.isEmpty ? "first seen" : ChangeText.names(changed) }
        guard older.member("cluster_link_id") == value.member("cluster_link_id") else {
            return "another link of this name: \(text("cluster_link_id"))"
        }
        if let ended = older.member("valid_to").instant, let began = instant("valid_from"), ended < began {
            return "listed again after \((began - ended).rough)"
        }
        return ChangeText.fields(
            changed,
            from: older.member("link"),
            to: value.member("link"),
            shown: ["link_error", "link_state", "link_error_message"]
        )
    }
}
