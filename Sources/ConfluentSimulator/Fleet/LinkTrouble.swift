/// An error a link plausibly reports: one of the official codes with a message in the style of the server's.
struct LinkTrouble: Sendable {
    let code: String
    let message: String
    /// Whether it goes with the state `UNAVAILABLE`, which a server sets after five minutes without its source.
    let isLasting: Bool

    static let all = [
        LinkTrouble(
            code: "AUTHENTICATION_ERROR",
            message: "Authentication to the remote cluster failed: the API key was deleted or its secret is wrong.",
            isLasting: false
        ),
        LinkTrouble(
            code: "UNRESOLVABLE_BOOTSTRAP_ERROR",
            message: "No resolvable address in bootstrap.servers: broker-1.example.invalid:9092",
            isLasting: true
        ),
        LinkTrouble(
            code: "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR",
            message: "No TCP connection to any of the bootstrap servers within 30000 ms.",
            isLasting: true
        ),
        LinkTrouble(
            code: "TIMEOUT_ERROR",
            message: "Timed out while describing the remote cluster: no answer within 30000 ms.",
            isLasting: false
        ),
        LinkTrouble(
            code: "INVALID_BOOTSTRAP_INTERNAL_ENDPOINT_ERROR",
            message: "The bootstrap server is an internal endpoint that cannot be reached from here.",
            isLasting: false
        ),
    ]
}

/// An error a task plausibly reports while its link has none.
struct TaskTrouble: Sendable {
    let task: String
    let failure: SimulatedTask.Failure

    static let all = [
        TaskTrouble(
            task: "ConsumerOffsetSync",
            failure: .init(
                code: "CONSUMER_GROUP_IN_USE_ERROR",
                message: "Offsets of group checkout are not synced: the group is in use at the destination."
            )
        ),
        TaskTrouble(
            task: "TopicConfigsSync",
            failure: .init(
                code: "POLICY_VIOLATION_ERROR",
                message: "Topic configuration refused: retention.ms exceeds what the policy allows."
            )
        ),
        TaskTrouble(
            task: "ConsumerOffsetSync",
            failure: .init(
                code: "AUTHORIZATION_ERROR",
                message: "Not authorized to describe consumer groups at the source cluster."
            )
        ),
    ]
}
