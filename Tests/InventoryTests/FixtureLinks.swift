/// What the clusters of a fixture list, poll by poll, as the upstream might write it.
enum FixtureLinks {
    static let baseline =
        [
            """
            {"kind": "KafkaLinkData", "metadata": {"self": "https://north.example.com/1"}, "link_name": "orders",
            "cluster_link_id": "ordersFirstIncarnatn00", "source_cluster_id": "lkc-far", "destination_cluster_id": null,
            "link_state": "ACTIVE", "link_error": "AUTHENTICATION_ERROR", "link_error_message": "refused",
            "topic_names": ["payments", "orders", "", "orders"], "tasks": null}
            """,
            #"{"link_name": "Größe/Ω 链路 🚀", "cluster_link_id": "id-unicode", "link_state": "ACTIVE", "link_error": "NO_ERROR"}"#,
            #"{"link_name": "bare", "topic_names": [], "link_error": ""}"#,
            #"{"link_name": "ever bare", "link_state": "PAUSED"}"#,
            #"{"link_name": "legacy", "link_id": "6d9e9b55-0b21-4c0e-8a4f-3f1f0a4c7a10"}"#,
            #"{"link_name": "a/b  c ", "cluster_link_id": "id-spaces", "topic_names": ["t.1", "t.10", "t.2"]}"#,
            #"{"link_name": "..", "cluster_link_id": "id-dots"}"#,
        ] + spellings + twins + ghosts

    /// One character in two spellings: two names, and two fields.
    private static let spellings = [
        #"{"link_name": "caf\u00e9", "cluster_link_id": "id-composed"}"#,
        #"{"link_name": "cafe\u0301", "cluster_link_id": "id-decomposed"}"#,
    ]

    private static let twins = [
        #"{"link_name": "twin", "cluster_link_id": "id-twin-1", "link_state": "PAUSED"}"#,
        #"{"link_name": "twin", "cluster_link_id": "id-twin-2", "link_state": "ACTIVE"}"#,
    ]

    private static let ghosts = [
        #"{"link_name": "", "cluster_link_id": "id-ghost", "link_state": "UNMANAGED_SOURCE", "since": 1.50}"#,
        #"{"link_name": "", "link_state": "UNMANAGED_SOURCE", "ghost": {"of": ["nobody", null]}}"#,
    ]

    private static let refusedAgain = #""refused again:\n\t\"SASL\" \\ 拒绝""#

    static let secondMessage = baseline.map { $0.replacing(#""refused""#, with: refusedAgain) }

    /// Another code begins another episode; `bare` takes its id, and `legacy` says the one that was made for it.
    static let otherErrorAndIDs = secondMessage.map {
        $0.replacing("AUTHENTICATION_ERROR", with: "A_CODE_OF_TOMORROW")
            .replacing(#""link_name": "bare""#, with: #""link_name": "bare", "cluster_link_id": "id-of-bare""#)
            .replacing(
                #""link_name": "legacy""#,
                with: #""link_name": "legacy", "cluster_link_id": "bZ6bVQshTA6KTz8fCkx6EA""#
            )
    }

    static let recoveredAndRenamed = otherErrorAndIDs.map {
        $0.replacing("A_CODE_OF_TOMORROW", with: "NO_ERROR").replacing(refusedAgain, with: #""""#)
            .replacing(#""a/b  c ""#, with: #""renamed %2F+%00""#)
    }

    /// Trouble by state alone, with a message, and fields that nobody knows.
    static let badStates = recoveredAndRenamed.map {
        $0.replacing(
            #""id-unicode", "link_state": "ACTIVE""#,
            with: #""id-unicode", "link_state": "FAILED", "link_error_message": "the state alone""#
        )
        .replacing(#""id-dots"}"#, with: #""id-dots", "link_error": {"code": 7}}"#)
        .replacing(
            #""id-spaces""#,
            with: #"""
                "id-spaces", "future": {"price": 1.10, "big": 123456789012345678901234567890, "no": [null, 1e400, -0.0]},
                "health": "theirs", "category_counts": [{"state_category": "B", "count": 2}, {"count": 1, "state_category": "A"}]
                """#
        )
    }

    static let worseStates = badStates.map {
        $0.replacing("the state alone", with: "still the state alone")
            .replacing(#""id-twin-1", "link_state": "PAUSED""#, with: #""id-twin-1", "link_state": "UNAVAILABLE""#)
    }

    /// Another `orders`, in error; `legacy`, one twin and one ghost are gone.
    static let recreated = worseStates.filter {
        !["\"legacy\"", "id-twin-1", "id-ghost"].contains(where: $0.contains)
    }.map {
        $0.replacing("ordersFirstIncarnatn00", with: "ordersOtherIncarnatn00")
            .replacing(
                #""NO_ERROR", "link_error_message": """#,
                with: #""REMOTE_CLUSTER_AUTHORIZATION_ERROR", "link_error_message": "not allowed""#
            )
    }

    static let returned =
        recreated.map { $0.replacing("not allowed", with: "not allowed: DESCRIBE") }
        + worseStates.filter { $0.contains("\"legacy\"") }

    /// `legacy` is gone for good; `orders` says something else about the same trouble.
    static let left = recreated.map { $0.replacing("not allowed", with: "not allowed: ALTER_CONFIGS") }

    static let south = [
        """
        {"link_name": "mirror", "cluster_link_id": "id-mirror", "remote_cluster_id": "lkc-north", "link_state": "ACTIVE",
        "link_error": "NO_ERROR", "topic_names": ["x"]}
        """
    ]

    static let southMore = [
        #"{"link_name": "mirror-2", "cluster_link_id": "id-mirror-2", "link_error": "LINK_NOT_FOUND_ERROR"}"#
    ]

    static let tasks = """
        [{"task_name": "ConsumerOffsetSync", "state": "IN_ERROR", "errors": [
            {"error_code": "CONSUMER_GROUP_IN_USE_ERROR", "error_message": "group \\"g\\" is in use"},
            {"error_code": "AUTHORIZATION_ERROR", "error_message": ""}]},
        {"task_name": "AclSync", "state": "ACTIVE", "errors": []}]
        """

    static let tasksLater =
        #"[{"task_name": "AclSync", "state": "ACTIVE"}, {"task_name": "TopicConfigsSync", "state": "ACTIVE"}]"#
}
