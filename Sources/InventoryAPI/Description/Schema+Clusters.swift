extension Schema {
    private static let pollFields: [SchemaField] = [
        SchemaField("at", .instant, "When its answer was complete."),
        SchemaField("outcome", .oneOf(["success", "failure"])),
        SchemaField("reason", .nullable(.text), "One of a bounded set; null for a success."),
        SchemaField("http_status", .nullable(.integer)),
        SchemaField("message", .nullable(.text), "For people; null for a success."),
        SchemaField("duration_seconds", .number),
    ]

    static let manualPollFields: [SchemaField] =
        [SchemaField("cluster_id", .text)] + pollFields + [
            SchemaField("changes", .integer, "Links that appeared, changed or went away.")
        ]

    static let clusterFields: [SchemaField] = [
        SchemaField("cluster_id", .text),
        SchemaField("name", .nullable(.text)),
        SchemaField("labels", .map(of: .text)),
        SchemaField("endpoint_host", .text),
        SchemaField("configured", .flag),
        SchemaField("stale", .flag, "Whether it was not heard of for stale_after."),
        SchemaField("links", .object(countFields), "How many links are in which health."),
        SchemaField(
            "ghosts",
            .nullable(.integer),
            "Records without a name; null with at, as the past ones are not kept."
        ),
        SchemaField("last_poll", .nullable(.object(pollFields))),
        SchemaField("last_success_at", .nullable(.instant)),
        SchemaField("next_poll_at", .nullable(.instant), "To the second; null while it is being polled."),
        SchemaField("consecutive_failures", .nullable(.integer), "Null with at."),
        SchemaField("at", .instant, "Only with at.", isOptional: true),
        SchemaField(
            "age_seconds",
            .nullable(.number),
            "Only with at: how old the knowledge was; within a run of polls at most their mean distance.",
            isOptional: true
        ),
        SchemaField(
            "last_failure",
            .nullable(
                .object([
                    SchemaField("reason", .text), SchemaField("http_status", .nullable(.integer)),
                    SchemaField("message", .nullable(.text)), SchemaField("at", .instant),
                ])
            )
        ),
        SchemaField(
            "ghost_records",
            .list(of: .map(of: .anything)),
            "Verbatim; only where one cluster is asked for.",
            isOptional: true
        ),
    ]

    static let countFields: [SchemaField] = [
        "total", "ok", "degraded", "error", "unknown",
    ].map { SchemaField($0, .integer) }

    static let snapshotFields: [SchemaField] = [
        SchemaField("first_observed_at", .instant),
        SchemaField("last_observed_at", .instant),
        SchemaField("current", .flag),
        SchemaField("link_count", .integer),
        SchemaField("error_count", .integer),
    ]

    static let pollRunFields: [SchemaField] = [
        SchemaField("outcome", .oneOf(["success", "failure"])),
        SchemaField("reason", .nullable(.text)),
        SchemaField("http_status", .nullable(.integer)),
        SchemaField("message", .nullable(.text), "That of the first failure."),
        SchemaField("first_at", .instant),
        SchemaField("last_at", .instant),
        SchemaField("count", .integer),
        SchemaField("mean_duration_seconds", .number),
    ]
}
