import ClusterLinks

extension Schema {
    private static let health = FieldType.oneOf(Health.allCases.map(\.rawValue))

    static let pairFields: [SchemaField] = [
        SchemaField("link_name", .text, "That of the source side."),
        SchemaField("cluster_link_id", .nullable(.text), "Null where the sides have different ones."),
        SchemaField("joined_by", .oneOf(LinkPair.Rule.allCases.map(\.rawValue)), "What told that they are one link."),
        SchemaField("agree", .flag, "Whether both tell the same; ignorance contradicts nothing."),
        SchemaField(
            "differences",
            .object(
                LinkAgreement.Field.allCases.map {
                    SchemaField($0.rawValue, .map(of: .nullable(.text)), "By cluster_id.", isOptional: true)
                }
            )
        ),
        SchemaField(
            "errors_reported_by",
            .list(of: .text),
            "The cluster_id of each side with an error or a bad state."
        ),
        SchemaField("sides", .list(of: .schema(.link)), "Two, the source first."),
    ]

    static let topologyFields: [SchemaField] = [
        SchemaField("at", .nullable(.instant), "Null for the present."),
        SchemaField("nodes", .list(of: .object(nodeFields))),
        SchemaField("edges", .list(of: .object(edgeFields))),
    ]

    /// The first ones are those that Grafana's Node graph reads.
    private static let nodeFields: [SchemaField] =
        [
            SchemaField("id", .text),
            SchemaField("title", .text),
            SchemaField("subtitle", .text),
            SchemaField("mainstat", .nullable(.text), "How many links it lists."),
            SchemaField("secondarystat", .text, "How many of them are in the worst health."),
            SchemaField("color", .text),
        ]
        + Health.allCases.map {
            SchemaField("arc__" + $0.rawValue, .number, "What part of its links is; all four together are 1.")
        } + [
            SchemaField("cluster_id", .nullable(.text), "Null where links do not tell their other end."),
            SchemaField("cluster_name", .nullable(.text)),
            SchemaField("labels", .map(of: .text)),
            SchemaField("polled", .flag, "False of one that is not configured: only others tell of it."),
            SchemaField("stale", .flag, "Whether it was not heard of for stale_after."),
            SchemaField("health", health, "The worst of its links."),
            SchemaField("links", .object(countFields)),
        ]

    private static let edgeFields: [SchemaField] = [
        SchemaField("id", .text),
        SchemaField("source", .text, "The id of a node."),
        SchemaField("target", .text, "The id of a node."),
        SchemaField("mainstat", .text, "The name of the link."),
        SchemaField("secondarystat", .text, "What is wrong, or ok."),
        SchemaField("color", .text),
        SchemaField("strokeDasharray", .nullable(.text), "Set where the direction is not known."),
        SchemaField("detail__direction", .text),
        SchemaField("detail__reports", .text, "What each side reports."),
        SchemaField("link_name", .text),
        SchemaField(
            "direction",
            .oneOf(TopologyEdge.Flow.allCases.map(\.rawValue)),
            "unknown: drawn from the remote cluster to the one that reports the link."
        ),
        SchemaField("health", health, "The worse of the sides."),
        SchemaField("joined_by", .nullable(.oneOf(LinkPair.Rule.allCases.map(\.rawValue))), "Null for one side."),
        SchemaField("sides", .list(of: .object(sideFields)), "One, or both with the source first."),
    ]

    private static let sideFields: [SchemaField] = [
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .text),
        SchemaField("cluster_link_id", .nullable(.text)),
        SchemaField("direction", .oneOf(Direction.allCases.map(\.rawValue))),
        SchemaField("health", health),
        SchemaField("last_known_health", health),
        SchemaField("link_state", .nullable(.text)),
        SchemaField("link_error", .nullable(.text)),
    ]
}
