extension InventoryViews {
    static let changes = InventoryView(
        "changes",
        from: """
            main.changes AS change CROSS JOIN main.clusters ON clusters.cluster_key = change.cluster_key
            WHERE \(InventoryView.usesClusters)
            """,
        [
            .integer("sequence", "change.sequence"),
            .instant("at", "change.at"),
            .text("kind", kind),
            .text("cluster_id", "clusters.cluster_id"),
            .text("cluster_name", "clusters.cluster_name"),
            .text("link_name", left("link_name")),
            .text("cluster_link_id", left("cluster_link_id")),
            .text(
                "changed",
                """
                ifnull((SELECT list.fields FROM main.versions AS version
                    JOIN main.field_lists AS list ON list.field_list_key = version.field_list_key
                    WHERE version.link_key = change.link_key AND version.valid_from = change.at), '[]')
                """
            ),
            .text("before", body("change.before_key")),
            .text("after", body("change.after_key")),
            .integer("baseline", "change.baseline"),
        ]
    )

    private static let kind: String = {
        let words = ChangeKind.allCases.map { "WHEN \($0.stored) THEN \(SQLForm.literal($0.rawValue))" }
        return "CASE change.kind \(words.joined(separator: " ")) END"
    }()

    private static func body(_ key: String) -> String {
        "(SELECT document.body FROM main.documents AS document WHERE document.document_key = \(key))"
    }

    /// A member as the change left the link, or as it was where it went away.
    private static func left(_ member: String) -> String {
        """
        (SELECT \(SQLForm.member(member, of: "document.body")) FROM main.documents AS document
            WHERE document.document_key = ifnull(change.after_key, change.before_key))
        """
    }

    static let polls = InventoryView(
        "polls",
        from: """
            main.clusters CROSS JOIN main.poll_runs AS run ON run.cluster_key = clusters.cluster_key
            WHERE \(InventoryView.usesClusters)
            """,
        [
            .text("cluster_id", "clusters.cluster_id"),
            .text("cluster_name", "clusters.cluster_name"),
            .text("outcome", "iif(run.failure IS NULL, 'success', 'failure')"),
            .text("reason", "run.failure"),
            .integer("http_status", "run.http_status"),
            .text("message", "run.message"),
            .instant("first_at", "run.first_at"),
            .instant("last_at", "run.last_at"),
            .integer("count", "run.count"),
            .real("mean_duration_seconds", "run.total_duration_us / 1e6 / run.count"),
        ]
    )

    static func clusters(_ moment: ViewMoment) -> InventoryView {
        let failure = "run.failure IS NOT NULL"
        func last(_ column: String, where condition: String = "TRUE") -> String {
            SQLForm.lastRun("run.\(column)", of: "clusters.cluster_key", where: condition)
        }
        return InventoryView(
            "clusters",
            from: "main.clusters WHERE \(InventoryView.usesClusters)",
            [
                .text("cluster_id", "clusters.cluster_id"),
                .text("cluster_name", "clusters.cluster_name"),
                .text("labels", "clusters.labels"),
                .text("endpoint_host", "clusters.endpoint_host"),
                .integer("configured", "clusters.configured"),
                .integer("stale", moment.isStale),
                .integer(
                    "links",
                    """
                    (SELECT count(*) FROM main.links AS link
                        WHERE link.cluster_key = clusters.cluster_key AND link.deleted_at IS NULL)
                    """
                ),
                .integer("ghosts", "json_array_length(clusters.ghosts)"),
                .instant("last_poll_at", last("last_at")),
                .instant("last_success_at", last("last_at", where: "run.failure IS NULL")),
                .instant("last_failure_at", last("last_at", where: failure)),
                .text("last_failure_reason", last("failure", where: failure)),
                .integer("last_failure_http_status", last("http_status", where: failure)),
                .text("last_failure_message", last("message", where: failure)),
            ]
        )
    }
}
