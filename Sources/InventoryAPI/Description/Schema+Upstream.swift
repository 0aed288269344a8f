/// What is passed on between clients and clusters.
extension Schema {
    /// Members that it does not tell of are passed on, too.
    static let kafkaLinkCreationFields: [SchemaField] = [
        SchemaField("source_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("destination_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("remote_cluster_id", .nullable(.text), isOptional: true),
        SchemaField("cluster_link_id", .nullable(.text), isOptional: true),
        SchemaField(
            "configs",
            .nullable(
                .list(
                    of: .object([
                        SchemaField("name", .text), SchemaField("value", .nullable(.text), isOptional: true),
                    ])
                )
            ),
            "The settings of the link; secrets among them are kept nowhere.",
            isOptional: true
        ),
    ]

    /// As the cluster wrote it; the addresses in it are the cluster's own.
    static let kafkaDataListFields: [SchemaField] = [
        SchemaField("kind", .text),
        SchemaField("metadata", .map(of: .anything)),
        SchemaField("data", .list(of: .map(of: .anything))),
    ]
}
