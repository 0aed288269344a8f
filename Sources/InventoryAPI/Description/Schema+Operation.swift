extension Schema {
    static let statusFields: [SchemaField] = [
        SchemaField("version", .text),
        SchemaField(
            "revision",
            .nullable(.text),
            "The commit it was built from, with -dirty where the sources differed."
        ),
        SchemaField("started_at", .instant),
        SchemaField("now", .instant, "Service time."),
        SchemaField("uptime_seconds", .number),
        SchemaField("ready", .flag),
        SchemaField(
            "configuration",
            .object([
                SchemaField("path", .nullable(.text)),
                SchemaField("checksum", .nullable(.text), "SHA-256 of the file."),
                SchemaField("loaded_at", .instant),
                SchemaField("last_reload_successful", .flag),
                SchemaField("reload_problems", .list(of: .text), "Why the last reload was refused."),
                SchemaField("awaiting_restart", .list(of: .text), "Keys whose new values count from the next start."),
            ])
        ),
        SchemaField(
            "database",
            .object([
                SchemaField("path", .text),
                SchemaField("size_bytes", .integer),
                SchemaField("wal_size_bytes", .integer),
                SchemaField("synchronous", .text),
                SchemaField("journal_mode", .text),
                SchemaField("sqlite_version", .text),
                SchemaField("durable", .flag, "Whether everything that is served is also stored."),
                SchemaField("waiting_writes", .integer),
                SchemaField("lost_changes", .integer),
                SchemaField("last_error", .nullable(.text)),
            ])
        ),
        SchemaField("clusters", .integer, "Configured ones."),
        SchemaField("stale_clusters", .integer),
        SchemaField("links", .object(countFields)),
        SchemaField("sequence", .integer, "The last change."),
        SchemaField("kept_from", .nullable(.instant), "Of what was before parts are gone; null where nothing is."),
        SchemaField("polls_in_flight", .integer),
        SchemaField("connections", .integer),
        SchemaField("clock_offset_seconds", .number, "How far the wall clock is ahead of service time."),
    ]

    static let reloadFields: [SchemaField] = [
        SchemaField("loaded_at", .instant),
        SchemaField("checksum", .nullable(.text), "SHA-256 of the file."),
        SchemaField(
            "clusters",
            .object(["added", "removed", "changed"].map { SchemaField($0, .list(of: .text), "Their ids.") })
        ),
        SchemaField("awaiting_restart", .list(of: .text), "Keys whose new values count from the next start."),
        SchemaField("warnings", .list(of: .text)),
    ]

    static let descriptionFields: [SchemaField] = [
        SchemaField("openapi", .text),
        SchemaField("info", .map(of: .anything)),
        SchemaField("paths", .map(of: .anything)),
        SchemaField("components", .map(of: .anything)),
    ]

    static let problemFields: [SchemaField] = [
        SchemaField("type", .text, "A URI reference that names the kind of problem."),
        SchemaField("title", .text),
        SchemaField("status", .integer),
        SchemaField("detail", .text, "What happened, and what to do."),
        SchemaField("instance", .text, "The path that was asked for.", isOptional: true),
        SchemaField("parameter", .text, "The query parameter that is at fault.", isOptional: true),
        SchemaField("member", .text, "The member of the body that is at fault.", isOptional: true),
        SchemaField("oldest_sequence", .integer, "The oldest change that is kept.", isOptional: true),
        SchemaField("latest_sequence", .integer, "The last change there is.", isOptional: true),
    ]

    static let kafkaErrorFields: [SchemaField] = [
        SchemaField("error_code", .integer),
        SchemaField("message", .nullable(.text)),
    ]
}
