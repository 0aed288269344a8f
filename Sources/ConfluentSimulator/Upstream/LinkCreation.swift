/// The body of a `create_kafka_link` request.
struct LinkCreation {
    let role: SimulatedLink.Role
    let remoteClusterID: String
    let id: SimulatedLinkID?
    let configs: [String: String]

    /// Nil where the body is no JSON object, names no other cluster, or holds a `cluster_link_id` that is none.
    ///
    /// Which cluster is named decides the direction: the destination of a source-initiated link, the remote one of a
    /// bidirectional link, else the source.
    init?(parsing body: [UInt8]) {
        guard let document = try? WireValue(parsing: body), case .object = document else { return nil }
        func text(_ name: String) -> String? {
            if case .string(let text) = document[name] { text } else { nil }
        }
        var configs: [String: String] = [:]
        if case .array(let items) = document["configs"] {
            for item in items {
                guard case .string(let name) = item["name"] else { return nil }
                if case .string(let value) = item["value"] { configs[name] = value }
            }
        }
        let isBidirectional = configs["link.mode"]?.uppercased() == "BIDIRECTIONAL"
        if let destination = text("destination_cluster_id") {
            (role, remoteClusterID) = (.source, destination)
        } else if let remote = text("remote_cluster_id"), isBidirectional || text("source_cluster_id") == nil {
            (role, remoteClusterID) = (.bidirectional, remote)
        } else if let source = text("source_cluster_id") {
            (role, remoteClusterID) = (.destination, source)
        } else {
            return nil
        }
        if let given = text("cluster_link_id") {
            guard let parsed = SimulatedLinkID(clusterLinkID: given) else { return nil }
            id = parsed
        } else {
            id = nil
        }
        self.configs = configs
    }

    /// What a server finds on validating it: bootstrap servers in the reserved domain `.invalid` (RFC 2606 §2).
    var problem: LinkTrouble? {
        let hosts = (configs["bootstrap.servers"] ?? "").split(separator: ",").map { $0.split(separator: ":").first }
        guard hosts.contains(where: { $0?.hasSuffix(".invalid") == true }) else { return nil }
        return LinkTrouble.all.first { $0.code == "UNRESOLVABLE_BOOTSTRAP_ERROR" }
    }

    /// The link it makes; one that was not validated shows its problem as its error.
    func link(named name: String, id: SimulatedLinkID) -> SimulatedLink {
        var link = SimulatedLink(name: name, id: id, role: role, remoteClusterID: remoteClusterID, configs: configs)
        link.error = problem?.code
        link.errorMessage = problem?.message
        return link
    }

    /// Letters, digits, `.`, `_` and `-`, at most 200: what Kafka allows in the names of resources it creates.
    static func isValid(name: String) -> Bool {
        guard (1...200).contains(name.utf8.count), name != ".", name != "..", name != "-" else { return false }
        return name.unicodeScalars.allSatisfy {
            switch $0 {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
            default: false
            }
        }
    }
}
