extension ErrorCodeGuide {
    /// What `expected_links` finds, which has no code.
    static let expectedLinks = [
        Entry(
            .linkMissing,
            basis: .linkwatch,
            Remediation(
                meaning: "The cluster listed its links, and one of its expected_links is not among them.",
                likelyCause: "The link was deleted or made anew under another name, or the configuration misspells it.",
                firstStep: """
                    `linkwatch history CLUSTER LINK`: was it ever there, and until when? Then `confluent kafka link \
                    list --cluster CLUSTER`, and Confluent's audit log for who deleted it.
                    """,
                link: ConfluentPage.configuration
            )
        ),
        Entry(
            .linkUnexpected,
            basis: .linkwatch,
            Remediation(
                meaning: """
                    The cluster has a link that is not in its expected_links, which say that they are exhaustive.
                    """,
                likelyCause: "Somebody made a link without adding it to the configuration, or renamed one.",
                firstStep: """
                    `linkwatch history CLUSTER LINK` for when it came, `confluent kafka link describe LINK --cluster \
                    CLUSTER` for where it goes; add it to expected_links or have its owner delete it.
                    """,
                link: ConfluentPage.configuration
            )
        ),
    ]
}
