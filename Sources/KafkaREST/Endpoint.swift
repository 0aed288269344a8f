package import ClusterLinks

/// Where one cluster's links are: the base address of a Kafka REST v3 and the cluster's id, checked, without secrets.
package struct Endpoint: Sendable, Hashable {
    /// What Confluent Cloud and Confluent Server put before `/clusters`; a stand-alone REST Proxy has `/v3`.
    package static let defaultPath = "/kafka/v3"

    package let cluster: ClusterID
    private let base: WebAddress
    private let clusterSegment: String

    /// - Parameter baseURL: scheme, host, perhaps a port, perhaps a path; `defaultPath` is taken where there is none.
    package init(baseURL: String, cluster: ClusterID) throws(AddressError) {
        let address = try WebAddress(parsing: baseURL)
        guard address.query == nil else { throw .query }
        guard let clusterSegment = cluster.rawValue.pathSegment else { throw .clusterID }
        var path = Substring(address.path)
        while path.last == "/" { path.removeLast() }
        guard !path.split(separator: "/").contains(where: { Self.dotSegments.contains($0.lowercased()) }) else {
            throw .dotSegment
        }
        base = address.with(path: path.isEmpty ? Self.defaultPath : String(path))
        self.cluster = cluster
        self.clusterSegment = clusterSegment
    }

    /// Without a slash at its end.
    package var baseURL: String { base.text }

    /// In lower case, IPv6 in brackets.
    package var host: String { base.origin.host }

    /// `list_kafka_links`, which takes no query.
    package var linksURL: String { links.text }

    /// `get_kafka_link`; nil for `.` and `..`, with which no server could be asked for a link.
    package func linkURL(_ name: LinkName, includeTasks: Bool = false) -> String? {
        name.rawValue.pathSegment.map { "\(links.text)/\($0)\(includeTasks ? "?include_tasks=true" : "")" }
    }

    /// Where a request goes that is passed on, with its query.
    func url(of request: ForwardedRequest) -> String {
        var query = request.flags.map { "\($0.name)=\($0.value)" }
        var path = links.text
        switch request.operation {
        case .create(let name, _, _, _): query.insert("link_name=\(name.rawValue.percentEncoded)", at: 0)
        case .delete(let name, _, _): path += "/\(name.rawValue.percentEncoded)"
        case .configs(let name): path += "/\(name.rawValue.percentEncoded)/configs"
        case .mirrors(let name, let status):
            path += "/\(name?.rawValue.percentEncoded ?? "-")/mirrors"
            if let status { query.append("mirror_status=\(status.percentEncoded)") }
        }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    var links: WebAddress { base.with(path: "\(base.path)/clusters/\(clusterSegment)/links") }

    private static let dotSegments: Set = [".", "..", "%2e", "%2e%2e", ".%2e", "%2e."]
}

extension Endpoint: CustomStringConvertible {
    package var description: String { "\(cluster) at \(baseURL)" }
}
