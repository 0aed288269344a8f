extension ErrorCodeGuide {
    /// The task error codes of Confluent's Kafka REST v3 API, without `NO_ERROR`, where the task makes no difference.
    static let taskErrors =
        [taskErrorWithoutCode] + taskAccessErrors + taskMissingErrors + taskRefusals + taskServerErrors

    private static let taskErrorWithoutCode = Entry(
        .taskError,
        basis: .linkwatch,
        Remediation(
            meaning: "The task says IN_ERROR and gives no code.",
            likelyCause: "The server has not worked out the error yet, or reports it on the link.",
            firstStep: """
                `confluent kafka link task list LINK --cluster CLUSTER` for a code by now, then `confluent kafka \
                link describe LINK --cluster CLUSTER`.
                """,
            link: ConfluentPage.taskErrors
        )
    )

    private static let taskAccessErrors = [
        Entry(
            .taskError,
            "AUTHENTICATION_ERROR",
            basis: .name,
            Remediation(
                meaning: "The remote cluster refuses the link's credentials when this task uses them.",
                likelyCause: "The API key that the link was made with was deleted, replaced or is of another cluster.",
                firstStep: """
                    `confluent kafka link describe LINK --cluster CLUSTER`: if the link has the error too, mend that \
                    first; then `confluent api-key list --resource REMOTE` for its key.
                    """,
                link: ConfluentPage.security
            )
        ),
        Entry(
            .taskError,
            "BROKER_AUTHENTICATION_ERROR",
            basis: .name,
            Remediation(
                meaning: """
                    By its name: the brokers of the task's own cluster refuse its credentials, not the remote ones.
                    """,
                likelyCause: """
                    Of a source-initiated link, its settings local.sasl.* and local.security.protocol; otherwise the \
                    brokers' own credentials.
                    """,
                firstStep: """
                    `confluent kafka link task list LINK --cluster CLUSTER`: who refused whom, by error_message? On \
                    Confluent Cloud, if no local.* setting is yours, open a support ticket.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "AUTHORIZATION_ERROR",
            basis: .name,
            Remediation(
                meaning: "The remote cluster knows the link's principal, but does not let it do what the task needs.",
                likelyCause: "An ACL or role binding of the link's service account is missing or was removed.",
                firstStep: """
                    `confluent kafka acl list --cluster REMOTE --service-account sa-ID` and `confluent iam rbac \
                    role-binding list --principal User:sa-ID`, and compare with Confluent's page.
                    """,
                link: ConfluentPage.security
            )
        ),
        Entry(
            .taskError,
            "BROKER_AUTHORIZATION_ERROR",
            basis: .name,
            Remediation(
                meaning: "By its name: the brokers of the task's own cluster do not let it do what it needs.",
                likelyCause: """
                    The principal under which the link works here lacks an ACL or role, or a DENY rule hits it.
                    """,
                firstStep: """
                    `confluent kafka link task list LINK --cluster CLUSTER`: error_message names what was refused; \
                    then `confluent kafka acl list --cluster CLUSTER`.
                    """,
                link: ConfluentPage.security
            )
        ),
        Entry(
            .taskError,
            "SECURITY_DISABLED_ERROR",
            basis: .name,
            Remediation(
                meaning: "One of the two clusters has no authorizer, so there are no ACLs to read or to write.",
                likelyCause: "acl.sync.enable is on for a cluster that works without ACLs.",
                firstStep: """
                    `confluent kafka link configuration list LINK --cluster CLUSTER` for acl.sync.enable; turn it \
                    off, which clears acl.filters, or give the cluster without one an authorizer.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
    ]

    private static let taskMissingErrors = [
        Entry(
            .taskError,
            "REMOTE_LINK_NOT_FOUND_ERROR",
            basis: .name,
            Remediation(
                meaning: "The link has no other side on the remote cluster, where the task needs one.",
                likelyCause: """
                    That side was never made, was deleted, or was made anew, which gives it another cluster_link_id.
                    """,
                firstStep: """
                    `confluent kafka link list --cluster REMOTE`: is there a link of this name? `GET \
                    /api/v1/links/pairs` shows which sides belong together.
                    """,
                link: ConfluentPage.configuration
            )
        ),
        Entry(
            .taskError,
            "LINK_NOT_FOUND_ERROR",
            basis: .name,
            Remediation(
                meaning: "The task ran for a link that its cluster does not find.",
                likelyCause: "The link was deleted or made anew while the task was at work.",
                firstStep: """
                    `confluent kafka link list --cluster CLUSTER`, and `linkwatch history CLUSTER LINK` for a \
                    deletion; if the link is there and the error stays, open a support ticket.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "REMOTE_MIRROR_NOT_FOUND_ERROR",
            basis: .name,
            Remediation(
                meaning: "The remote cluster lacks a mirror topic that the task expects there.",
                likelyCause: "A mirror topic was deleted or promoted in the midst of a reversal or a restore.",
                firstStep: """
                    `confluent kafka mirror list --link LINK --cluster REMOTE`, then `confluent kafka mirror \
                    state-transition-error list TOPIC --link LINK --cluster CLUSTER`.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
        Entry(
            .taskError,
            "UNKNOWN_TOPIC_OR_PARTITION_ERROR",
            basis: .name,
            Remediation(
                meaning: "A topic or partition that the task needs is not on the cluster that it asked.",
                likelyCause: """
                    The source topic was deleted or made anew with fewer partitions, or the mirror topic was \
                    deleted.
                    """,
                firstStep: """
                    `confluent kafka topic describe TOPIC --cluster REMOTE` for the topic in error_message, then \
                    `confluent kafka mirror describe TOPIC --link LINK --cluster CLUSTER`.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
    ]
}
