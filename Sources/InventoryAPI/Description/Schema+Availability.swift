extension Schema {
    private static func perHealth(_ type: FieldType) -> FieldType {
        .object(["ok", "degraded", "error", "unknown"].map { SchemaField($0, type) })
    }

    static let figureFields: [SchemaField] = [
        SchemaField("from", .instant, "What was asked for, clipped to when links were listed."),
        SchemaField("to", .instant, "Equal to from where no link was listed."),
        SchemaField("kept_from", .nullable(.instant), "Only where the window was clipped to what is kept of the past."),
        SchemaField("listed_seconds", .number, "Over all links; of one that never went away to - from."),
        SchemaField("seconds", perHealth(.number)),
        SchemaField("share", perHealth(.nullable(.number)), "Parts of listed_seconds."),
        SchemaField("coverage", .nullable(.number), "The part of listed_seconds in which anything was known."),
        SchemaField("availability", .nullable(.number), "(ok + degraded) / known."),
        SchemaField("episodes", .integer, "Unbroken spans of health error."),
        SchemaField("mttr_seconds", .nullable(.number), "The mean length of those that ended within the window."),
        SchemaField("mtbf_seconds", .nullable(.number), "(ok + degraded) / episodes."),
        SchemaField("longest_seconds", .nullable(.number)),
    ]

    static let availabilityFields: [SchemaField] =
        [
            SchemaField("cluster_id", .nullable(.text), "Null for a selection."),
            SchemaField("link_name", .nullable(.text), "Null but for one link."),
            SchemaField("cluster_link_id", .nullable(.text), "Which incarnation of the name."),
        ] + figureFields + [
            SchemaField("links", .integer, "How many links were listed within the window.")
        ]

    static let evidenceFields: [SchemaField] = [
        SchemaField("generated_at", .instant),
        SchemaField("service", .object([SchemaField("name", .text), SchemaField("version", .text)])),
        SchemaField(
            "cluster",
            .object([
                SchemaField("cluster_id", .text), SchemaField("name", .nullable(.text)),
                SchemaField("labels", .map(of: .text)), SchemaField("endpoint_host", .text),
                SchemaField("configured", .flag),
            ])
        ),
        SchemaField("link_name", .text),
        SchemaField(
            "incarnations",
            .list(
                of: .object([
                    SchemaField("cluster_link_id", .nullable(.text)), SchemaField("first_observed_at", .instant),
                    SchemaField("deleted_at", .nullable(.instant)),
                ])
            ),
            "The links that have had the name, oldest first."
        ),
        SchemaField("from", .instant),
        SchemaField("to", .instant),
        SchemaField("kept_from", .nullable(.instant), "Only where the window was clipped to what is kept of the past."),
        SchemaField("before", .nullable(.object(rawDocumentFields)), "In force right before from."),
        SchemaField("after", .nullable(.object(rawDocumentFields)), "In force at to."),
        SchemaField("difference", .map(of: .map(of: .anything)), "From before to after, as in /api/v1/diff."),
        SchemaField("versions", .list(of: .schema(.version)), "Newest first."),
        SchemaField("errors", .list(of: .schema(.episode)), "Newest first."),
        SchemaField(
            "alerts",
            .list(of: .schema(.alert)),
            "Those of the link and, where it could not be polled, of its cluster, as they stand now; newest first."
        ),
        SchemaField("polls", .list(of: .schema(.pollRun)), "Those of the cluster, newest first."),
        SchemaField("availability", .object(figureFields), "Of the window, added up over the incarnations."),
        SchemaField("truncated", .flag, "Whether a list has only its newest items here."),
        SchemaField("ask_instead", .list(of: .text), "Where all items of such a list are."),
    ]

    private static let rawDocumentFields: [SchemaField] = [
        SchemaField("cluster_link_id", .nullable(.text)),
        SchemaField("valid_from", .instant),
        SchemaField("valid_to", .nullable(.instant)),
        SchemaField("document", .map(of: .anything), "As it is stored: canonical JSON."),
    ]
}
