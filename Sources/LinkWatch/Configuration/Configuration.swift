package import HTTPServing

/// Everything that linkwatch is told in its YAML file, checked, with the defaults filled in.
///
/// A tree of plain values, which the composition root maps to each part's own configuration; what the server is told it
/// holds as the server's own.
/// `Configuration()` is what an empty file says.
package struct Configuration: Sendable, Equatable {
    /// Where the HTTP server listens; never empty.
    package var listen: [ListenAddress] = [.ip(host: "127.0.0.1", port: 8080)]
    /// The path of the SQLite file, relative to the working folder.
    package var database = "linkwatch.db"
    /// What a cluster without a `poll` of its own does; `concurrency` holds for the whole fleet.
    package var poll = Poll()
    /// In the order of the file, ids and names unique.
    package var clusters: [Cluster] = []
    package var alerts = Alerts()
    package var retention = Retention()
    package var http = HTTP()
    package var auth = Auth()
    /// Whether the role admin may create and delete links through linkwatch.
    package var management = false

    /// What is allowed and yet worth a look, in the order of the file.
    package var warnings: [ConfigurationFinding] = []
    /// SHA-256 of the file's bytes in lower-case hex; empty for a configuration that came from no file.
    package var checksum = ""

    package init() {}
}
