extension ErrorCodeGuide {
    /// Task errors in which a cluster refuses what the task asks of it.
    static let taskRefusals = [
        Entry(
            .taskError,
            "MISCONFIGURATION_ERROR",
            basis: .confluent,
            Remediation(
                meaning: "The task is switched on, but the link's settings do not let it run.",
                likelyCause: """
                    A setting that the task needs is missing or cannot be read; the link was made without complaint.
                    """,
                firstStep: """
                    `confluent kafka link task list LINK --cluster CLUSTER`: error_message names the setting; give \
                    it with `confluent kafka link configuration update LINK --cluster CLUSTER --config FILE`.
                    """,
                link: ConfluentPage.configuration
            )
        ),
        Entry(
            .taskError,
            "CONSUMER_GROUP_IN_USE_ERROR",
            basis: .name,
            Remediation(
                meaning: """
                    Offsets of a consumer group are not synced, because the group has members on the destination.
                    """,
                likelyCause: "Consumers run, or were started for a failover, while the link still syncs their group.",
                firstStep: """
                    `confluent kafka consumer group describe GROUP --cluster CLUSTER` for the group in \
                    error_message: stop its members, or, if it has moved for good, take it out of \
                    consumer.offset.group.filters.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
        Entry(
            .taskError,
            "TOPIC_EXISTS_ERROR",
            basis: .name,
            Remediation(
                meaning: "A mirror topic cannot be made, because a topic of its name is on the destination already.",
                likelyCause: "Somebody or another link made it, or it was a mirror topic once and was promoted.",
                firstStep: """
                    `confluent kafka topic describe TOPIC --cluster CLUSTER` and `confluent kafka mirror list \
                    --cluster CLUSTER`: whose is it? Exclude it in auto.create.mirror.topics.filters; delete it only \
                    with its owner.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
        Entry(
            .taskError,
            "POLICY_VIOLATION_ERROR",
            basis: .name,
            Remediation(
                meaning: "What the task wants to set is against a policy of the cluster.",
                likelyCause: "The destination allows less than the source, or its policy became stricter.",
                firstStep: """
                    `confluent kafka link task list LINK --cluster CLUSTER`: error_message names the policy and the \
                    value; change the value at the source or the policy at the destination.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
        Entry(
            .taskError,
            "ACL_LIMIT_EXCEEDED",
            basis: .name,
            Remediation(
                meaning: "ACLs are not synced, because the destination would have more of them than it allows.",
                likelyCause: """
                    acl.filters takes in more than is needed, or ACLs of principals long gone were never removed.
                    """,
                firstStep: """
                    `confluent kafka acl list --cluster CLUSTER`: remove what nobody needs, or narrow acl.filters.
                    """,
                link: ConfluentPage.configuration
            )
        ),
        Entry(
            .taskError,
            "INVALID_TOPIC",
            basis: .name,
            Remediation(
                meaning: "The task asked for a topic whose name Kafka does not allow, or that may not be treated so.",
                likelyCause: """
                    With cluster.link.prefix the name is longer than 249 characters, or a filter takes in internal \
                    topics.
                    """,
                firstStep: """
                    `confluent kafka link task list LINK --cluster CLUSTER`: error_message names the topic; exclude \
                    it in auto.create.mirror.topics.filters.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
        Entry(
            .taskError,
            "INVALID_REQUEST_ERROR",
            basis: .name,
            Remediation(
                meaning: "A cluster refuses a request of the task as invalid.",
                likelyCause: """
                    Settings of the link that contradict each other, or a remote cluster too old for the request.
                    """,
                firstStep: """
                    Read error_message in `confluent kafka link task list LINK --cluster CLUSTER`, then `confluent \
                    kafka link configuration list LINK --cluster CLUSTER` for settings that do not go together.
                    """,
                link: ConfluentPage.taskErrors
            )
        ),
    ]
}
