extension ErrorCodeGuide {
    /// Task error codes that mean more under one task than under another.
    static let taskErrorsByTask = misconfigurations + refusedAccess + violatedPolicies

    /// All three settings are told by servers in the message (confluentinc/cli issue 3072).
    private static let misconfigurations = [
        misconfiguration(
            of: "AclSync",
            meaning: "ACLs are to be synced, but the link does not say which.",
            on: "acl.sync.enable",
            lacks: "acl.filters"
        ),
        misconfiguration(
            of: "AutoCreateMirror",
            meaning: "Mirror topics are to be created automatically, but the link does not say of which topics.",
            on: "auto.create.mirror.topics.enable",
            lacks: "auto.create.mirror.topics.filters"
        ),
        misconfiguration(
            of: "ConsumerOffsetSync",
            meaning: "Consumer offsets are to be synced, but the link does not say of which groups.",
            on: "consumer.offset.sync.enable",
            lacks: "consumer.offset.group.filters"
        ),
    ]

    private static let refusedAccess = [
        refusal(
            in: "AclSync",
            meaning: "The link may not read the ACLs of the source cluster.",
            likelyCause: "Its service account lacks DESCRIBE on the cluster there, or a role that holds it.",
            basis: .confluent
        ),
        refusal(
            in: "AutoCreateMirror",
            meaning: "The link may not see or read topics of the source cluster that its filters take in.",
            likelyCause: "Its service account's ACLs or roles cover other topics than the filters do.",
            basis: .name
        ),
        refusal(
            in: "ConsumerOffsetSync",
            meaning: "The link may not read consumer groups or their offsets at the source cluster.",
            likelyCause: "Its service account lacks an ACL or role for those groups, or for the topics that they read.",
            basis: .name
        ),
        refusal(
            in: "TopicConfigsSync",
            meaning: "The link may not read the settings of topics at the source cluster.",
            likelyCause: "Its service account lacks DESCRIBE_CONFIGS on those topics, or a role that holds it.",
            basis: .name
        ),
    ]

    private static let violatedPolicies = [
        Entry(
            .taskError,
            "POLICY_VIOLATION_ERROR",
            task: "AutoCreateMirror",
            basis: .name,
            Remediation(
                meaning: """
                    A mirror topic is not made, because a policy of the destination does not allow it as it would \
                    be.
                    """,
                likelyCause: """
                    Too many partitions, a replication factor or a setting of the source topic that is not allowed \
                    here.
                    """,
                firstStep: """
                    `confluent kafka topic describe TOPIC --cluster REMOTE` for the topic in error_message; exclude \
                    it in auto.create.mirror.topics.filters, or make the mirror by hand with settings that are \
                    allowed.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
        Entry(
            .taskError,
            "POLICY_VIOLATION_ERROR",
            task: "TopicConfigsSync",
            basis: .name,
            Remediation(
                meaning: """
                    A setting of a source topic is not copied, because a policy of the destination does not allow \
                    its value.
                    """,
                likelyCause: "Somebody changed the source topic to a value beyond what the destination takes.",
                firstStep: """
                    Read setting and topic in error_message of `confluent kafka link task list LINK --cluster \
                    CLUSTER`; change the source topic back, or the policy of the destination.
                    """,
                link: ConfluentPage.mirrorTopics
            )
        ),
    ]

    private static func misconfiguration(
        of task: String,
        meaning: String,
        on enabling: String,
        lacks setting: String
    ) -> Entry {
        Entry(
            .taskError,
            "MISCONFIGURATION_ERROR",
            task: task,
            basis: .confluent,
            Remediation(
                meaning: meaning,
                likelyCause: "\(enabling) is true while \(setting) is missing or not well-formed.",
                firstStep: """
                    `confluent kafka link configuration list LINK --cluster CLUSTER`: give \(setting) with \
                    `confluent kafka link configuration update LINK --cluster CLUSTER --config FILE`, or set \
                    \(enabling)=false.
                    """,
                link: ConfluentPage.configuration
            )
        )
    }

    private static func refusal(in task: String, meaning: String, likelyCause: String, basis: Basis) -> Entry {
        Entry(
            .taskError,
            "AUTHORIZATION_ERROR",
            task: task,
            basis: basis,
            Remediation(
                meaning: meaning,
                likelyCause: likelyCause,
                firstStep: """
                    `confluent kafka acl list --cluster REMOTE --service-account sa-ID` and `confluent iam rbac \
                    role-binding list --principal User:sa-ID`, and compare with Confluent's page.
                    """,
                link: ConfluentPage.security
            )
        )
    }
}
