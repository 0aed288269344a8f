extension ErrorCodeGuide {
    /// Task errors that lie with the server, or that tell less than there is.
    static let taskServerErrors = [
        Entry(
            .taskError,
            "LINK_COORDINATOR_NOT_ENABLED_ERROR",
            basis: .name,
            Remediation(
                meaning: "The cluster runs without the link coordinator that the task needs.",
                likelyCause: "A server whose version or settings lack it, perhaps in the midst of an upgrade.",
                firstStep: """
                    On Confluent Server compare the brokers' versions and their settings confluent.cluster.link.*; \
                    on Confluent Cloud open a support ticket.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "INTERNAL_ERROR",
            basis: .name,
            Remediation(
                meaning: "Something failed inside the server while the task ran.",
                likelyCause: "A fault of the server's own, often a passing one.",
                firstStep: """
                    `linkwatch history CLUSTER LINK`: if it has lasted for more than two readings, open a support \
                    ticket with `GET /api/v1/clusters/CLUSTER/links/LINK/evidence`.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "SUPPRESSED_ERRORS",
            basis: .name,
            Remediation(
                meaning: "The task has more errors than the server lists; the rest is left out.",
                likelyCause: "One cause hits many topics, groups or ACLs at once.",
                firstStep: """
                    Mend the errors that stand beside this one in `confluent kafka link task list LINK --cluster \
                    CLUSTER`, then read the list again.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "UNKNOWN",
            basis: .name,
            Remediation(
                meaning: "The server says that the task fails and does not know why.",
                likelyCause: "A fault for which its API has no code.",
                firstStep: """
                    Read error_message in `confluent kafka link task list LINK --cluster CLUSTER`; if it tells \
                    nothing and stays, open a support ticket with `GET \
                    /api/v1/clusters/CLUSTER/links/LINK/evidence`.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
    ]
}
