extension SimulatorControl {
    /// Adds the cluster that a control request describes, all at once, and returns its id.
    func addCluster(reading document: inout ControlDocument) throws(SimulatorError) -> String {
        let id = try document.requiredText("cluster_id")
        let name = try document.text("name")
        let links = try document.count("links") ?? 0
        let dialect = try document.word("dialect", as: SimulatedCluster.Dialect.self)
        let credential = try SimulatedCredential.reading(&document)
        try document.finish()
        try addCluster(id: id, name: name, links: links, dialect: dialect, credential: credential)
        return id
    }

    /// What the control interface lists of a cluster; never its credential.
    func wire(of cluster: SimulatedCluster) throws(SimulatorError) -> WireValue {
        [
            "cluster_id": .string(cluster.id), "name": .string(cluster.name),
            "dialect": .string(cluster.dialect.rawValue),
            "links": .array(
                cluster.links.map { link in
                    [
                        "link_name": .string(link.name), "cluster_link_id": .string(link.id.clusterLinkID),
                        "role": .string(link.role.rawValue), "listed": .bool(link.isListed),
                    ]
                }
            ),
            "ghosts": .integer(cluster.ghosts.count),
            "faults": .array(try activeFaults(on: cluster.id).map(\.wire)),
        ]
    }
}

extension RequestLedger {
    /// One object for each kind of request, ordered; nil is every cluster.
    func wire(of clusterID: String?) -> [WireValue] {
        counts.filter { clusterID == nil || $0.key.clusterID == clusterID }
            .sorted { $0.key < $1.key }
            .map { key, count in
                [
                    "cluster_id": .string(key.clusterID), "method": .string(key.method), "path": .string(key.path),
                    "count": .integer(count),
                ]
            }
    }
}
