/// One request to the simulated Kafka REST, as far as its answer depends on it.
package struct UpstreamRequest: Sendable, Equatable {
    /// What is asked for, below `/clusters/{cluster_id}`.
    package enum Operation: Sendable, Equatable {
        case listLinks
        case getLink(String)
        case createLink
        case deleteLink(String)
        case listConfigs(link: String)
        /// Nil is every link: `/links/-/mirrors`.
        case listMirrors(link: String?)

        /// The path below the cluster, decoded, under which requests are counted.
        package var path: String {
            switch self {
            case .listLinks, .createLink: "/links"
            case .getLink(let name), .deleteLink(let name): "/links/\(name)"
            case .listConfigs(let name): "/links/\(name)/configs"
            case .listMirrors(let name): "/links/\(name ?? "-")/mirrors"
            }
        }

        /// The method that means it.
        package var method: String {
            switch self {
            case .listLinks, .getLink, .listConfigs, .listMirrors: "GET"
            case .createLink: "POST"
            case .deleteLink: "DELETE"
            }
        }

        /// The one link it names, if it names one.
        package var linkName: String? {
            switch self {
            case .listLinks, .createLink: nil
            case .getLink(let name), .deleteLink(let name), .listConfigs(let name): name
            case .listMirrors(let name): name
            }
        }
    }

    package var clusterID: String
    package var operation: Operation
    /// Decoded; the first of a repeated name counts.
    package var query: [String: String]
    package var authorization: String?
    package var identityPool: String?
    /// Scheme, authority and path prefix as the client wrote them: the start of every `metadata.self`.
    package var base: String
    package var body: [UInt8]

    package init(
        _ operation: Operation,
        on clusterID: String,
        query: [String: String] = [:],
        authorization: String? = nil,
        identityPool: String? = nil,
        base: String = "http://127.0.0.1:8090/kafka/v3",
        body: [UInt8] = []
    ) {
        self.operation = operation
        self.clusterID = clusterID
        self.query = query
        self.authorization = authorization
        self.identityPool = identityPool
        self.base = base
        self.body = body
    }

    /// The absolute address of the cluster's list of links.
    var links: String { "\(base)/clusters/\(PercentEncoding.segment(clusterID))/links" }

    /// A boolean parameter; only the word `true` is true.
    func flag(_ name: String, default fallback: Bool = false) -> Bool {
        query[name].map { $0 == "true" } ?? fallback
    }
}
