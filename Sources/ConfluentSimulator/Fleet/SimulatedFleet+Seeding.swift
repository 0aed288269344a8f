extension SimulatedFleet {
    /// Whether a made fleet has errors in it from the start.
    package enum Condition: Sendable {
        /// Every link is active and without any error.
        case healthy
        /// About one link in ten has an error, is paused or has a failing task; some clusters list ghosts.
        case mixed
    }

    /// A whole fleet drawn from a seed: the same arguments give the same fleet, to the byte.
    ///
    /// Each cluster lists exactly `links` objects. From three links on, every cluster is the source of a source-initiated
    /// link whose destination is its neighbour, and from five on the neighbours share a bidirectional one: with the
    /// neighbour's own, two objects of either kind. The rest are destination-initiated, from other simulated clusters and
    /// from ones that are not simulated. Every third cluster is no Cloud cluster and has a 22-character id.
    package static func make(
        seed: UInt64,
        clusters: Int,
        links: Int,
        condition: Condition = .healthy
    ) -> SimulatedFleet {
        var fleet = SimulatedFleet(seed: seed)
        var drawing = FleetDrawing(seed: seed, clusters: clusters, links: links)
        for cluster in drawing.drawClusters(condition: condition) {
            // The ids are drawn to be distinct.
            try? fleet.add(cluster)
        }
        fleet.generator = drawing.generator
        return fleet
    }

    /// One more cluster with links from clusters that are not simulated.
    package mutating func makeCluster(id: String, name: String? = nil, links: Int) -> SimulatedCluster {
        var drawing = FleetDrawing(generator: generator, linksPerCluster: links)
        defer { generator = drawing.generator }
        return drawing.drawCluster(id: id, name: name)
    }
}
