extension SimulatedUpstream {
    /// `create_kafka_link`: accepted with 201 and no body, visible only after `timing.creation`.
    mutating func create(
        _ request: UpstreamRequest,
        on cluster: SimulatedCluster,
        at now: Duration
    ) -> SimulatedAnswer {
        guard let name = request.query["link_name"], LinkCreation.isValid(name: name) else { return .invalidLinkName() }
        guard cluster.index(of: name) == nil else { return .failure(400, "Cluster link '\(name)' already exists.") }
        guard let creation = LinkCreation(parsing: request.body) else {
            return .failure(400, code: 40002, "Bad Request: the body is no creation of a cluster link.")
        }
        if request.flag("validate_link", default: true), let problem = creation.problem {
            return .failure(400, "Invalid Cluster Link: \(problem.message) Link error code: \(problem.code)")
        }
        guard !request.flag("validate_only") else { return SimulatedAnswer(status: 201) }
        var link = creation.link(named: name, id: id(of: creation, named: name, on: cluster))
        link.phase = .appearing(at: now + timing.creation)
        fleet.append(link, to: cluster.id)
        fleet.settle(cluster: cluster.id, at: now)
        return SimulatedAnswer(status: 201)
    }

    /// `delete_kafka_link`: accepted with 204, listed until `timing.deletion` is over.
    mutating func delete(
        _ name: String,
        _ request: UpstreamRequest,
        on cluster: SimulatedCluster,
        at now: Duration
    ) -> SimulatedAnswer {
        guard let link = cluster.index(of: name).map({ cluster.links[$0] }), link.isReadable else {
            return .missingLink()
        }
        if !link.mirrorTopics.isEmpty, !request.flag("force") {
            return .failure(403, "Cluster link '\(name)' still has \(link.mirrorTopics.count) active mirror topics.")
        }
        guard !request.flag("validate_only") else { return SimulatedAnswer(status: 204) }
        fleet.leave(LinkAddress(cluster.id, name), at: now + timing.deletion)
        fleet.settle(cluster: cluster.id, at: now)
        return SimulatedAnswer(status: 204)
    }

    /// The given id, else that of the same link's other side, else a new one.
    private mutating func id(
        of creation: LinkCreation,
        named name: String,
        on cluster: SimulatedCluster
    ) -> SimulatedLinkID {
        if let id = creation.id { return id }
        if let other = try? fleet.link(LinkAddress(creation.remoteClusterID, name)),
            other.role != creation.role
                || creation.role == .bidirectional, other.remoteClusterID == cluster.id
        {
            return other.id
        }
        return fleet.makeLinkID()
    }
}
