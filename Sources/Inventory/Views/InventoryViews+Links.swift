extension InventoryViews {
    /// The links that are listed now, of clusters that are configured: each with its last version.
    private static let currentLinks = """
        main.clusters CROSS JOIN main.links ON links.cluster_key = clusters.cluster_key
        CROSS JOIN main.versions ON versions.link_key = links.link_key AND versions.valid_from =
            (SELECT max(latest.valid_from) FROM main.versions AS latest WHERE latest.link_key = links.link_key)
        JOIN main.documents ON documents.document_key = versions.document_key
        """

    private static let areListed =
        "WHERE clusters.configured AND links.deleted_at IS NULL AND \(InventoryView.usesDocuments)"

    /// What a document says, in the names of Confluent's resource but for the link's own.
    private static let upstream: [InventoryView.Column] = [
        .text("destination_cluster_id", SQLForm.member("destination_cluster_id", of: body)),
        .text("kind", SQLForm.member("kind", of: body)),
        .text("link_error", SQLForm.member("link_error", of: body)),
        .text("link_error_message", SQLForm.member("link_error_message", of: body)),
        .text("link_id", SQLForm.member("link_id", of: body)),
        .text("link_state", SQLForm.member("link_state", of: body)),
        .text("remote_cluster_id", SQLForm.member("remote_cluster_id", of: body)),
        .text("source_cluster_id", SQLForm.member("source_cluster_id", of: body)),
        .text("tasks", SQLForm.array("tasks", of: body)),
        .text("topic_names", SQLForm.array("topic_names", of: body)),
    ]

    private static let body = "documents.body"

    static func clusterLinks(_ moment: ViewMoment) -> InventoryView {
        InventoryView(
            "cluster_links",
            from: "\(currentLinks) \(areListed)",
            [
                .text("cluster_id", "clusters.cluster_id"),
                .text("cluster_name", "clusters.cluster_name"),
                .text("labels", "clusters.labels"),
                .text("link_name", "links.link_name"),
                .text("cluster_link_id", SQLForm.member("cluster_link_id", of: body)),
            ] + upstream + [
                .text("metadata", metadata),
                .text(
                    "health",
                    "CASE WHEN \(moment.isStale) THEN 'unknown' ELSE \(SQLForm.health("documents.health")) END"
                ),
                .text("last_known_health", SQLForm.health("documents.health")),
                .text("direction", direction),
                .integer("stale", moment.isStale),
                .instant("first_observed_at", "links.first_observed_at"),
                .instant("last_changed_at", "versions.valid_from"),
                .text("document", body),
            ]
        )
    }

    /// Where the link is found in Confluent's shape.
    private static let metadata = """
        json_object('self', '/kafka/v3/clusters/' || path_segment(clusters.cluster_id) || '/links/'
            || path_segment(links.link_name))
        """

    /// By the table of `Direction`.
    private static let direction: String = {
        let source = SQLForm.text("source_cluster_id", of: body)
        let destination = SQLForm.text("destination_cluster_id", of: body)
        let remote = SQLForm.text("remote_cluster_id", of: body)
        let own = "clusters.cluster_id"
        return """
            CASE (\(source)) <> '' WHEN TRUE THEN
                CASE WHEN (\(destination)) = '' THEN 'destination'
                    WHEN (\(source)) <> \(own) AND (\(destination)) = \(own) THEN 'destination'
                    WHEN (\(source)) = \(own) AND (\(destination)) <> \(own) THEN 'source'
                    ELSE 'unknown' END
            ELSE
                CASE WHEN (\(destination)) <> '' THEN 'source'
                    WHEN (\(remote)) <> '' THEN 'bidirectional'
                    ELSE 'unknown' END
            END
            """
    }()

    static let linkHistory = InventoryView(
        "link_history",
        from: """
            main.clusters CROSS JOIN main.links ON links.cluster_key = clusters.cluster_key
            CROSS JOIN main.versions ON versions.link_key = links.link_key
            JOIN main.documents ON documents.document_key = versions.document_key
            WHERE \(InventoryView.usesClusters) AND \(InventoryView.usesDocuments)
            """,
        [
            .text("cluster_id", "clusters.cluster_id"),
            .text("cluster_name", "clusters.cluster_name"),
            .text("link_name", "links.link_name"),
            .text("cluster_link_id", "links.cluster_link_id"),
            .instant("valid_from", "versions.valid_from"),
            .instant(
                "valid_to",
                """
                SELECT min(following.valid_from) FROM main.versions AS following
                WHERE following.link_key = versions.link_key AND following.valid_from > versions.valid_from
                """
            ),
            .text(
                "changed",
                """
                ifnull((SELECT fields FROM main.field_lists AS list
                    WHERE list.field_list_key = versions.field_list_key), '[]')
                """
            ),
            .text("last_known_health", SQLForm.health("documents.health")),
        ] + upstream + [.text("document", body)]
    )

    static let linkTasks = InventoryView(
        "link_tasks",
        from: """
            \(currentLinks) JOIN json_each(CASE json_type(documents.body, '$.tasks') WHEN 'array'
                THEN json_extract(documents.body, '$.tasks') ELSE '[]' END) AS task \(areListed)
            """,
        [
            .text("cluster_id", "clusters.cluster_id"),
            .text("cluster_name", "clusters.cluster_name"),
            .text("link_name", "links.link_name"),
            .text("cluster_link_id", SQLForm.member("cluster_link_id", of: body)),
            .text("task_name", taskMember("task_name")),
            .text("task_state", taskMember("state")),
            .integer("failing", isFailing),
            .text("error_code", error("error_code")),
            .text("error_message", error("error_message")),
            .text("errors", "ifnull(\(taskMember("errors")), '[]')"),
        ]
    )

    /// A task that is no object, which some upstream may send one day, has no members.
    private static func taskMember(_ name: String) -> String {
        "CASE task.type WHEN 'object' THEN json_extract(task.value, '$.\(name)') END"
    }

    private static let errors = """
        json_each(CASE WHEN task.type = 'object' AND json_type(task.value, '$.errors') = 'array'
            THEN json_extract(task.value, '$.errors') ELSE '[]' END)
        """

    /// Of the first error that has a code.
    private static func error(_ member: String) -> String {
        """
        (SELECT json_extract(fault.value, '$.\(member)') FROM \(errors) AS fault
            WHERE fault.type = 'object' AND json_extract(fault.value, '$.error_code') IS NOT NULL
            ORDER BY fault.key LIMIT 1)
        """
    }

    /// As `LinkTask.isFailing` says.
    private static let isFailing =
        "(ifnull(\(taskMember("state")), '') = 'IN_ERROR' OR \(error("error_code")) IS NOT NULL)"
}
