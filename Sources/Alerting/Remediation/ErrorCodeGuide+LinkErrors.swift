extension ErrorCodeGuide {
    /// The codes of `LinkError` in Confluent's Kafka REST v3 API, without `NO_ERROR`.
    ///
    /// The connecting cluster is the destination or, of a source-initiated link, the source.
    static let linkErrors = [
        Entry(
            .linkError,
            "AUTHENTICATION_ERROR",
            basis: .confluent,
            Remediation(
                meaning: "The remote cluster refuses the link's credentials.",
                likelyCause: """
                    The API key that the link was made with was deleted, replaced or is of another cluster, or its \
                    SASL or TLS settings are wrong.
                    """,
                firstStep: """
                    `confluent api-key list --resource REMOTE`: is the link's key still there? If not, make one and \
                    give it to the link as sasl.jaas.config: `confluent kafka link configuration update LINK \
                    --cluster CLUSTER --config FILE`.
                    """,
                link: ConfluentPage.security
            )
        ),
        Entry(
            .linkError,
            "UNRESOLVABLE_BOOTSTRAP_ERROR",
            basis: .confluent,
            Remediation(
                meaning: "The connecting cluster finds no address in its DNS for the link's bootstrap.servers.",
                likelyCause: """
                    The name is misspelt or gone, or it is known only to a private DNS that the connecting cluster \
                    does not ask.
                    """,
                firstStep: """
                    `confluent kafka link configuration list LINK --cluster CLUSTER` shows bootstrap.servers; \
                    `getent hosts HOST` must answer in the connecting cluster's network, not only in yours.
                    """,
                link: ConfluentPage.troubleshooting
            )
        ),
        Entry(
            .linkError,
            "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR",
            basis: .confluent,
            Remediation(
                meaning: """
                    The names resolve, but the connecting cluster gets no TCP connection to any of the \
                    bootstrap.servers.
                    """,
                likelyCause: """
                    The remote cluster is down, the port is wrong, or a firewall, security group, peering or private \
                    link lets nothing through.
                    """,
                firstStep: """
                    `confluent kafka cluster describe REMOTE`: is it up? Then `nc -vz HOST PORT` for each bootstrap \
                    server from the connecting cluster's network.
                    """,
                link: ConfluentPage.troubleshooting
            )
        ),
        Entry(
            .linkError,
            "INVALID_BOOTSTRAP_INTERNAL_ENDPOINT_ERROR",
            basis: .name,
            Remediation(
                meaning: """
                    The link's bootstrap.servers name an internal endpoint, which the connecting cluster does not \
                    accept.
                    """,
                likelyCause: """
                    A listener or address for use inside the remote network was given instead of the one for clients \
                    outside.
                    """,
                firstStep: """
                    `confluent kafka cluster describe REMOTE` shows the endpoint for clients; compare it with \
                    bootstrap.servers in `confluent kafka link configuration list LINK --cluster CLUSTER`.
                    """,
                link: ConfluentPage.privateNetworking
            )
        ),
        Entry(
            .linkError,
            "TIMEOUT_ERROR",
            basis: .name,
            Remediation(
                meaning: "The remote cluster did not answer the link in time.",
                likelyCause: """
                    The remote cluster is overloaded or restarting, the network loses packets, or the bootstrap \
                    server answers while the brokers it names cannot be reached.
                    """,
                firstStep: """
                    `linkwatch errors CLUSTER LINK`: once, or again and again? If it lasts, `nc -vz HOST PORT` for \
                    every broker of the remote cluster, not only its bootstrap server.
                    """,
                link: ConfluentPage.troubleshooting
            )
        ),
        Entry(
            .linkError,
            "UNKNOWN",
            basis: .name,
            Remediation(
                meaning: "The server says that the link is broken and does not know why.",
                likelyCause: "A fault for which its API has no code.",
                firstStep: """
                    Read link_error_message in `confluent kafka link describe LINK --cluster CLUSTER`, then \
                    `confluent kafka link task list LINK --cluster CLUSTER`: a task may know more.
                    """,
                link: ConfluentPage.troubleshooting
            )
        ),
    ]
}
