/// Every simulated cluster with its links: what the simulated upstream knows at one instant.
///
/// A value: events are applied to it, answers are rendered from it, and it is the same for the same seed and events.
package struct SimulatedFleet: Sendable, Equatable {
    /// The ids of the clusters in the order in which they were added.
    package private(set) var clusterIDs: [String] = []
    private var byID: [String: SimulatedCluster] = [:]
    /// Draws the ids of whatever is created later, so that recreations repeat with the seed.
    var generator: SeededGenerator

    /// A fleet without clusters whose later ids come from `seed`.
    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    package var clusters: [SimulatedCluster] {
        clusterIDs.compactMap { byID[$0] }
    }

    package func cluster(_ id: String) throws(SimulatorError) -> SimulatedCluster {
        guard let cluster = byID[id] else { throw .unknownCluster(id) }
        return cluster
    }

    package func link(_ address: LinkAddress) throws(SimulatorError) -> SimulatedLink {
        let cluster = try cluster(address.clusterID)
        guard let index = cluster.index(of: address.linkName) else { throw .unknownLink(address) }
        return cluster.links[index]
    }

    /// A new identity that no link of this fleet has.
    package mutating func makeLinkID() -> SimulatedLinkID {
        SimulatedLinkID(using: &generator)
    }

    mutating func add(_ cluster: SimulatedCluster) throws(SimulatorError) {
        guard byID[cluster.id] == nil else { throw .clusterExists(cluster.id) }
        clusterIDs.append(cluster.id)
        byID[cluster.id] = cluster
    }

    mutating func removeCluster(_ id: String) throws(SimulatorError) {
        guard byID.removeValue(forKey: id) != nil else { throw .unknownCluster(id) }
        clusterIDs.removeAll { $0 == id }
    }

    mutating func change(
        cluster id: String,
        _ body: (inout SimulatedCluster) throws(SimulatorError) -> Void
    ) throws(SimulatorError) {
        var cluster = try cluster(id)
        byID[id] = nil
        defer { byID[id] = cluster }
        try body(&cluster)
    }

    mutating func change(
        _ address: LinkAddress,
        _ body: (inout SimulatedLink) throws(SimulatorError) -> Void
    ) throws(SimulatorError) {
        try change(cluster: address.clusterID) { (cluster) throws(SimulatorError) in
            guard let index = cluster.index(of: address.linkName) else { throw .unknownLink(address) }
            try body(&cluster.links[index])
        }
    }

    /// Where the objects of a link lie: its own address and, where the other side is simulated too, that one's.
    func sides(of address: LinkAddress) throws(SimulatorError) -> [LinkAddress] {
        let link = try link(address)
        let other = LinkAddress(link.remoteClusterID, link.name)
        guard let opposite = try? self.link(other), opposite.id == link.id, other != address else { return [address] }
        return [address, other]
    }

    /// Completes what is due at `now` on one cluster; an unknown one is left to whoever asks for it.
    mutating func settle(cluster id: String, at now: Duration) {
        byID[id]?.settle(at: now)
    }

    /// Adds a link that the upstream accepted; it has looked for the cluster and the name itself.
    mutating func append(_ link: SimulatedLink, to id: String) {
        byID[id]?.links.append(link)
    }

    /// Begins a deletion that the upstream accepted.
    mutating func leave(_ address: LinkAddress, at instant: Duration) {
        guard let index = byID[address.clusterID]?.index(of: address.linkName) else { return }
        byID[address.clusterID]?.links[index].phase = .leaving(at: instant)
    }
}
