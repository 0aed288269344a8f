extension ErrorCodeGuide {
    /// Reasons of failed polls where an answer came that is no list.
    static let failuresByAnswer = [
        failure(
            "authentication",
            means: "The cluster does not know linkwatch's credentials (401).",
            cause: """
                The API key was deleted or replaced, or it is one of another cluster or a cloud key: a Kafka key is \
                good for one cluster.
                """,
            step: """
                `confluent api-key list --resource CLUSTER`: is linkwatch's key there? A new one needs a few minutes \
                before it works.
                """,
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "authorization",
            means: "The cluster knows linkwatch, but does not let it list links (403, or 401 with error code 401).",
            cause: "Its service account has no role or ACL that covers DESCRIBE on the cluster.",
            step: """
                `confluent iam rbac role-binding list --principal User:sa-ID` and `confluent kafka acl list \
                --cluster CLUSTER --service-account sa-ID`.
                """,
            link: ConfluentPage.security
        ),
        failure(
            "not_found",
            means: "The endpoint answers, but has no links under this cluster's id (404).",
            cause: """
                The id and the endpoint are of two clusters, the cluster was deleted, or the path prefix is wrong or \
                serves no links.
                """,
            step: """
                `confluent kafka cluster describe CLUSTER`: its REST endpoint must be the one in the configuration; \
                Confluent Server is under /kafka/v3, a stand-alone proxy under /v3.
                """,
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "rate_limited",
            means: "The cluster answers that it is asked too often (429).",
            cause: "Other clients use up the limit of the same cluster or key, or poll.interval is too short.",
            step: """
                Nothing at once: linkwatch backs off by itself. If it lasts, raise poll.interval and \
                poll.tasks_interval, and look for scripts that use the same key.
                """,
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "bad_request",
            means: "The server refuses the request as a bad one (another 4xx); error code 40002 may be its own fault.",
            cause: """
                A wrong path prefix, something other than Kafka REST on that port, or a fault of the server that it \
                dresses as ours.
                """,
            step: "Read last_failure in `GET /api/v1/clusters/CLUSTER`: the server's message tells which.",
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "server",
            means: "The server fails to answer the request (5xx).",
            cause: "The cluster is being upgraded, overloaded or down behind its endpoint.",
            step: """
                Confluent's status page https://status.confluent.cloud, then `confluent kafka cluster describe \
                CLUSTER`.
                """,
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "malformed",
            means: "The server says that all is well (2xx), but what it sent is no list of links.",
            cause: """
                A login page or proxy that answers in its place, an answer cut short, or a server newer than this \
                version.
                """,
            step: "`curl -u KEY https://HOST/kafka/v3/clusters/CLUSTER/links`: is it JSON with an array `data`?",
            link: ConfluentPage.kafkaREST
        ),
        failure(
            "redirect",
            means: "The endpoint sends linkwatch elsewhere (3xx), where it does not follow with its credentials.",
            cause: "http in place of https, an endpoint that has moved, or a login page before it.",
            step: """
                `curl -sI https://HOST/kafka/v3/clusters/CLUSTER/links` for Location; put the right address into the \
                configuration.
                """
        ),
    ]
}
