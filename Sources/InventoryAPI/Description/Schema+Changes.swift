import Inventory

extension Schema {
    static let changeFields: [SchemaField] = [
        SchemaField("sequence", .integer, "Counts the changes without a gap."),
        SchemaField("at", .instant, "When the answer that showed it was complete."),
        SchemaField(
            "kind",
            .oneOf(ChangeKind.allCases.map(\.rawValue)),
            "retired and restored tell that a cluster left or entered the configuration."
        ),
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .nullable(.text), "Null where the cluster as a whole is meant."),
        SchemaField("cluster_link_id", .nullable(.text)),
        SchemaField("changed", .list(of: .text), "Top-level fields in order of the alphabet."),
        SchemaField("before", .nullable(.schema(.document))),
        SchemaField("after", .nullable(.schema(.document))),
        SchemaField("baseline", .flag, "Only where a cluster was listed for the first time: true.", isOptional: true),
    ]
}
