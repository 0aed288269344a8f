extension ErrorCodeGuide {
    /// The reasons of failed polls, by the words of `linkwatch` itself.
    static let pollFailures = failuresWithoutAnswer + failuresByAnswer

    /// No answer came.
    private static let failuresWithoutAnswer = [
        failure(
            "dns",
            means: "linkwatch finds no address for the name of the cluster's endpoint.",
            cause: """
                The endpoint is misspelt, the cluster was deleted, or the resolver is down or does not know the \
                private name.
                """,
            step: "`getent hosts HOST` where linkwatch runs; if many clusters fail at once, it is the resolver."
        ),
        failure(
            "connect",
            means: "linkwatch gets no TCP connection to the cluster's endpoint.",
            cause: "The endpoint is down, its port is wrong, or a firewall or private network lets nothing through.",
            step: """
                `nc -vz HOST PORT` where linkwatch runs; if many clusters fail at once, it is linkwatch's own \
                network.
                """
        ),
        failure(
            "tls",
            means: "The TLS handshake with the endpoint fails.",
            cause: """
                A certificate that has run out, is for another name or is signed by an authority that linkwatch does \
                not know, or a client certificate that the endpoint does not take.
                """,
            step: """
                `openssl s_client -connect HOST:PORT -servername HOST </dev/null`: signed by whom, until when? Then \
                the cluster's tls.ca_file and tls.client_certificate_file.
                """
        ),
        failure(
            "timeout",
            means: "The whole answer was not there in time, or the server itself says that it took too long (408).",
            cause: "The cluster or the network is overloaded, or a firewall drops packets without a word.",
            step: """
                `curl -u KEY -w '%{time_total}\\n' -o /dev/null https://HOST/kafka/v3/clusters/CLUSTER/links`: how \
                long does it take? Raise poll.timeout only if that is its usual time.
                """
        ),
        failure(
            "reset",
            means: "The connection was closed before the answer was complete.",
            cause: "A restart of the server or of a load balancer or proxy before it.",
            step: "`linkwatch poll --config FILE`: again? If it lasts, look for what sits between linkwatch and HOST."
        ),
        failure(
            "too_large",
            means: "The answer is larger than linkwatch reads (64 MiB, unpacked).",
            cause: "Something other than Kafka REST answers, or a body was made to unpack to far more than it is.",
            step: "`curl -u KEY https://HOST/kafka/v3/clusters/CLUSTER/links -o FILE`, then look at what it is."
        ),
        failure(
            "protocol",
            means: "What came back is no HTTP that linkwatch understands.",
            cause: """
                The port belongs to something else, such as Kafka itself (9092), or http is spoken to an https port.
                """,
            step: """
                `curl -v -u KEY https://HOST/kafka/v3/clusters/CLUSTER/links`, against the cluster's endpoint in the \
                configuration.
                """
        ),
        failure(
            "proxy",
            means: "The proxy cannot be found, does not connect to the endpoint, or wants credentials (407).",
            cause: "A wrong proxy in the configuration or in https_proxy, or a rule of the proxy's.",
            step: "`curl -v -x PROXY https://HOST/` where linkwatch runs, with its proxy and the cluster's endpoint."
        ),
        failure(
            "unsupported_scheme",
            means: "The address is neither http nor https, so nothing was sent.",
            cause: "A slip in the cluster's endpoint, or an answer that leads elsewhere.",
            step: "`linkwatch check-config FILE`, then the cluster's endpoint."
        ),
        failure(
            "credentials",
            means: "The password or token cannot be read or cannot be sent, so nothing was sent.",
            cause: "A secret's file is missing, unreadable, empty or has characters that a header cannot carry.",
            step: """
                `linkwatch check-config FILE`, then `ls -l` for the cluster's password_file or token_file as the \
                user of linkwatch.
                """
        ),
        failure(
            "cancelled",
            means: "linkwatch broke the poll off itself.",
            cause: "It was stopping or taking a new configuration; that passes with the next poll.",
            step: "If it stays, look at linkwatch's log, and at `GET /api/v1/status` for the last reload."
        ),
        failure(
            "internal",
            means: "The poll failed inside linkwatch, not at the cluster.",
            cause: "A shortage of memory, threads or open files, or a fault of linkwatch's.",
            step: "Read last_failure in `GET /api/v1/clusters/CLUSTER` and linkwatch's log; if it lasts, report it."
        ),
    ]

    static func failure(
        _ reason: String,
        means meaning: String,
        cause: String,
        step: String,
        link: String? = nil
    ) -> Entry {
        Entry(
            .clusterUnreachable,
            reason,
            basis: .linkwatch,
            Remediation(meaning: meaning, likelyCause: cause, firstStep: step, link: link)
        )
    }
}
