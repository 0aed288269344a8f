extension ErrorCodeGuide {
    /// The states that are bad by themselves (truth rule 10), where the link reports no error with them.
    static let linkStates = [
        Entry(
            .linkState,
            "FAILED",
            basis: .name,
            Remediation(
                meaning: """
                    The server has given the link up as failed, without naming an error: nothing is mirrored over \
                    it.
                    """,
                likelyCause: "A lasting fault of the link's settings or credentials, or its other side was deleted.",
                firstStep: """
                    `confluent kafka link describe LINK --cluster CLUSTER` and `confluent kafka link task list LINK \
                    --cluster CLUSTER` for a reason, then `confluent kafka link list --cluster REMOTE` for the other \
                    side.
                    """,
                link: ConfluentPage.troubleshooting
            )
        ),
        Entry(
            .linkState,
            "UNAVAILABLE",
            basis: .confluent,
            Remediation(
                meaning: """
                    For five minutes the destination has not reached the source cluster: nothing is mirrored \
                    meanwhile.
                    """,
                likelyCause: """
                    The source cluster or the network to it is down, or the link's credentials are no longer valid \
                    there.
                    """,
                firstStep: """
                    `confluent kafka cluster describe REMOTE`: is it up? Then `nc -vz HOST PORT` for the link's \
                    bootstrap.servers, and `confluent api-key list --resource REMOTE` for its key.
                    """,
                link: ConfluentPage.unavailableLink
            )
        ),
    ]
}
