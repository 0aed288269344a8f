import ConfluentSimulator

/// A link with everything a test does not care about.
func makeLink(
    _ name: String,
    role: SimulatedLink.Role = .destination,
    remote: String = "lkc-remote",
    id: SimulatedLinkID? = nil,
    topics: [String] = ["b.created", "a.state"]
) -> SimulatedLink {
    var generator = SeededGenerator(seed: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
    return SimulatedLink(
        name: name,
        id: id ?? SimulatedLinkID(using: &generator),
        role: role,
        remoteClusterID: remote,
        topics: topics
    )
}

/// An upstream with one cluster, `lkc-one`.
func makeUpstream(
    _ links: [SimulatedLink] = [makeLink("orders"), makeLink("billing")],
    id: String = "lkc-one",
    dialect: SimulatedCluster.Dialect = .cloud,
    credential: SimulatedCredential? = nil,
    timing: SimulatorTiming = .immediate
) throws -> SimulatedUpstream {
    var fleet = SimulatedFleet(seed: 1)
    try fleet.apply(
        .addCluster(SimulatedCluster(id: id, dialect: dialect, credential: credential, links: links))
    )
    return SimulatedUpstream(fleet: fleet, timing: timing)
}

extension SimulatedUpstream {
    /// The answer at the start of time.
    mutating func answer(
        _ operation: UpstreamRequest.Operation,
        on id: String = "lkc-one",
        query: [String: String] = [:],
        body: String = "",
        at now: Duration = .zero
    ) throws -> SimulatedAnswer {
        try answer(UpstreamRequest(operation, on: id, query: query, body: Array(body.utf8)), at: now)
    }

    mutating func listedNames(at now: Duration = .zero) throws -> [String] {
        try JSONReading.items(answer(.listLinks, at: now).body).compactMap { $0["link_name"] as? String }
    }
}
