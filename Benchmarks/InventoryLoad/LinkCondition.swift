/// What changes about a link in the course of the time that is played.
struct LinkCondition {
    struct Trouble {
        let code: String
        let message: String
        var state = "ACTIVE"
    }

    var trouble: Trouble?
    var addedTopics: [String] = []

    static let fine = LinkCondition()

    /// What a link that flaps has shown before and shows again; two of them tell one error in two ways.
    static let usual = [
        fine,
        LinkCondition(
            trouble: Trouble(
                code: "AUTHENTICATION_ERROR",
                message: "Authentication to the remote cluster failed: the API key was deleted or its secret is wrong."
            )
        ),
        LinkCondition(
            trouble: Trouble(
                code: "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR",
                message: "No TCP connection to any of the bootstrap servers within 30000 ms.",
                state: "UNAVAILABLE"
            )
        ),
        LinkCondition(
            trouble: Trouble(
                code: "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR",
                message: "No TCP connection to any of the bootstrap servers: connection refused by broker 3.",
                state: "UNAVAILABLE"
            )
        ),
    ]
}
