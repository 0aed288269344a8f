package import ClusterLinks

/// What the configuration says of a cluster, as far as it is kept and shown.
package struct ClusterDescription: Sendable, Hashable {
    package let id: ClusterID
    package let name: String?
    package let labels: [String: String]
    package let endpointHost: String
    package let staleAfter: Duration

    package init(
        id: ClusterID,
        name: String? = nil,
        labels: [String: String] = [:],
        endpointHost: String = "",
        staleAfter: Duration = .seconds(180)
    ) {
        self.id = id
        self.name = name
        self.labels = labels
        self.endpointHost = endpointHost
        self.staleAfter = staleAfter
    }
}
