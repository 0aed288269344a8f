extension ErrorCodeGuide {
    /// What is said of a code that this version does not know; nil for a kind that has no codes.
    package static func unknown(_ kind: AlertKind) -> Remediation? {
        switch kind {
        case .linkError: unknownLinkError
        case .linkState: unknownState
        case .taskError: unknownTaskError
        case .clusterUnreachable: unknownReason
        case .linkMissing, .linkUnexpected: nil
        }
    }

    static let unknownLinkError = Remediation(
        meaning: "This version of linkwatch does not know this link_error; the server reports it all the same.",
        likelyCause: "Not known: the server is newer than this version. Its own words are in link_error_message.",
        firstStep: """
            Read link_error_message in `confluent kafka link describe LINK --cluster CLUSTER` and look the code up \
            on Confluent's page; `linkwatch errors CLUSTER LINK` says since when, and whether it has happened \
            before.
            """,
        link: ConfluentPage.troubleshooting
    )

    static let unknownState = Remediation(
        meaning: "This version of linkwatch does not know what to do about this link_state.",
        likelyCause: """
            Not known: the server is newer than this version. Its own words, if any, are in link_error_message.
            """,
        firstStep: """
            `confluent kafka link describe LINK --cluster CLUSTER` for the message and `linkwatch history CLUSTER \
            LINK` for what changed with the state.
            """,
        link: ConfluentPage.troubleshooting
    )

    static let unknownTaskError = Remediation(
        meaning: "This version of linkwatch does not know this task error code; the server reports it all the same.",
        likelyCause: """
            Not known: the server is newer than this version. Its own words are in error_message beside the code, in \
            the link's tasks.
            """,
        firstStep: """
            Read error_message in `confluent kafka link task list LINK --cluster CLUSTER` and look the code up on \
            Confluent's page; mirroring itself goes on while the link reports no error.
            """,
        link: ConfluentPage.taskErrors
    )

    static let unknownReason = Remediation(
        meaning: "The cluster's links could not be read, for a reason that this version of linkwatch has no advice on.",
        likelyCause: "Not known. What went wrong is in last_failure.message of the cluster.",
        firstStep: """
            Read last_failure in `GET /api/v1/clusters/CLUSTER`, then `linkwatch poll --config FILE` to try it by \
            hand.
            """,
        link: nil
    )
}
