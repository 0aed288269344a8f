import ClusterLinks

extension Schema {
    /// Confluent's thirteen; what the upstream sends besides stands verbatim beside them.
    static let upstreamFields: [SchemaField] = [
        SchemaField("cluster_link_id", .nullable(.text), "22 base64url characters."),
        SchemaField("destination_cluster_id", .nullable(.text)),
        SchemaField("kind", .nullable(.text)),
        SchemaField("link_error", .nullable(.text), "An open enumeration; null where there is no error."),
        SchemaField("link_error_message", .nullable(.text)),
        SchemaField("link_id", .nullable(.text), "The deprecated UUID."),
        SchemaField("link_name", .nullable(.text)),
        SchemaField("link_state", .nullable(.text), "An open enumeration."),
        SchemaField("metadata", .nullable(.object([SchemaField("self", .text)])), "No content: null in the past."),
        SchemaField("remote_cluster_id", .nullable(.text)),
        SchemaField("source_cluster_id", .nullable(.text)),
        SchemaField("tasks", .list(of: .schemaOfTask), "As the single GET told them last."),
        SchemaField("topic_names", .list(of: .text), "A set, in order."),
    ]

    static let linkFields: [SchemaField] =
        upstreamFields + [
            SchemaField("cluster_id", .text, "The cluster that lists the link."),
            SchemaField("cluster_name", .nullable(.text)),
            SchemaField("labels", .map(of: .text), "Those of the cluster."),
            SchemaField("health", .oneOf(Health.allCases.map(\.rawValue))),
            SchemaField("last_known_health", .oneOf(Health.allCases.map(\.rawValue)), "The same without unknown."),
            SchemaField("direction", .oneOf(Direction.allCases.map(\.rawValue))),
            SchemaField("first_observed_at", .instant),
            SchemaField("last_changed_at", .instant),
            SchemaField("stale", .flag, "Whether the cluster was not heard of for stale_after."),
            SchemaField(
                "counterpart",
                .nullable(.object(counterpartFields)),
                "Its other side on another cluster; with at only in pairs.",
                isOptional: true
            ),
            SchemaField("configured", .flag, "Only where the cluster left the configuration: false.", isOptional: true),
            SchemaField("deleted_at", .instant, "Only of a link that went away.", isOptional: true),
            SchemaField(
                "observed_at",
                .nullable(.instant),
                "Only with at: the last success that is known up to it.",
                isOptional: true
            ),
            SchemaField(
                "age_seconds",
                .nullable(.number),
                "Only with at: how old the knowledge was; within a run of polls at most their mean distance.",
                isOptional: true
            ),
        ]

    /// What a list as of an instant has beside its items.
    static let pastFields: [SchemaField] = [
        SchemaField("at", .instant, "Only with at.", isOptional: true),
        SchemaField(
            "not_yet_observed",
            .list(of: .text),
            "Only with at: the clusters of which nothing was known then.",
            isOptional: true
        ),
    ]

    private static let counterpartFields: [SchemaField] = [
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .text),
        SchemaField("cluster_link_id", .nullable(.text)),
    ]

    static let versionFields: [SchemaField] = [
        SchemaField("cluster_link_id", .nullable(.text), "Which incarnation of the name."),
        SchemaField("valid_from", .instant),
        SchemaField("valid_to", .nullable(.instant), "Null while the version is current."),
        SchemaField("changed", .list(of: .text), "Top-level fields in order of the alphabet; none in a first version."),
        SchemaField("link", .schema(.document)),
    ]

    static let episodeFields: [SchemaField] = [
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .text),
        SchemaField("cluster_link_id", .nullable(.text)),
        SchemaField("link_error", .nullable(.text), "Null where the state alone is the trouble."),
        SchemaField("link_error_message", .nullable(.text), "The latest."),
        SchemaField("link_state", .nullable(.text)),
        SchemaField("started_at", .instant),
        SchemaField("ended_at", .nullable(.instant)),
        SchemaField("duration_seconds", .number, "Until the end, or until now."),
        SchemaField("blind_seconds", .number, "How much of it nobody knew anything."),
        SchemaField("ongoing", .flag),
        SchemaField("observations", .integer, "Successful polls that saw it."),
        SchemaField("last_observed_at", .instant),
        SchemaField("started_before_observation", .flag, "Whether it was there at the very first poll."),
        SchemaField("messages", .list(of: .object([SchemaField("at", .instant), SchemaField("message", .text)]))),
    ]

    static let differenceFields: [SchemaField] = [
        SchemaField("kind", .oneOf(LinkDifference.Kind.allCases.map(\.rawValue))),
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .text, "The later one; the earlier of a link that was removed."),
        SchemaField("cluster_link_id", .nullable(.text)),
        SchemaField("fields", .map(of: .anything), "By field {from, to}, and for topic_names {added, removed}."),
    ]

    static let kafkaLinkFields: [SchemaField] = [
        SchemaField("kind", .text),
        SchemaField(
            "metadata",
            .object([SchemaField("self", .text), SchemaField("resource_name", .nullable(.text), isOptional: true)])
        ),
        SchemaField("link_name", .text, "Empty in a ghost."),
        SchemaField("cluster_link_id", .text, isOptional: true),
        SchemaField("link_id", .text, isOptional: true),
        SchemaField("source_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("destination_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("remote_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("topic_names", .nullable(.list(of: .text)), isOptional: true),
        SchemaField("link_error", .nullable(.text), isOptional: true),
        SchemaField("link_error_message", .nullable(.text), isOptional: true),
        SchemaField("link_state", .nullable(.text), isOptional: true),
        SchemaField("tasks", .nullable(.list(of: .schemaOfTask)), "Only with include_tasks=true.", isOptional: true),
    ]

    static let kafkaLinkListFields: [SchemaField] = [
        SchemaField("kind", .text),
        SchemaField("metadata", .object([SchemaField("self", .text), SchemaField("next", .nullable(.text))])),
        SchemaField("data", .list(of: .schema(.kafkaLink))),
    ]
}

extension FieldType {
    /// One background job of a link; whatever else the upstream tells of it stands verbatim.
    fileprivate static let schemaOfTask = FieldType.object([
        SchemaField("task_name", .nullable(.text), isOptional: true),
        SchemaField("state", .nullable(.text), isOptional: true),
        SchemaField("errors", .nullable(.list(of: .anything)), isOptional: true),
    ])
}
