import ConfluentSimulator
import Testing

struct SimulatedFleetTests {
    @Test func `one seed gives one fleet and another seed another`() {
        let fleet = SimulatedFleet.make(seed: 7, clusters: 6, links: 8, condition: .mixed)
        #expect(fleet == SimulatedFleet.make(seed: 7, clusters: 6, links: 8, condition: .mixed))
        #expect(fleet != SimulatedFleet.make(seed: 8, clusters: 6, links: 8, condition: .mixed))
    }

    @Test(arguments: [(0, 3), (1, 1), (1, 8), (2, 5), (6, 0), (6, 8), (50, 20)])
    func `every cluster lists as many links as were asked for, under distinct names`(clusters: Int, links: Int) {
        let fleet = SimulatedFleet.make(seed: 3, clusters: clusters, links: links)
        #expect(fleet.clusters.count == clusters)
        for cluster in fleet.clusters {
            #expect(cluster.links.count == links)
            #expect(Set(cluster.links.map(\.name)).count == links)
        }
    }

    @Test func `two-sided links are two objects with one name and one id`() throws {
        let fleet = SimulatedFleet.make(seed: 3, clusters: 4, links: 8)
        for cluster in fleet.clusters {
            let sources = cluster.links.filter { $0.role == .source }
            #expect(sources.count == 1)
            for link in sources {
                let other = try fleet.link(LinkAddress(link.remoteClusterID, link.name))
                #expect(other.id == link.id)
                #expect(other.role == .destination)
                #expect(other.remoteClusterID == cluster.id)
            }
            let bidirectional = cluster.links.filter { $0.role == .bidirectional }
            #expect(bidirectional.count == 2)
            for link in bidirectional {
                let other = try fleet.link(LinkAddress(link.remoteClusterID, link.name))
                #expect(other.id == link.id)
                #expect(other.role == .bidirectional)
            }
        }
    }

    @Test func `there are Cloud ids, other ids and remotes that are not simulated`() {
        let fleet = SimulatedFleet.make(seed: 3, clusters: 6, links: 8)
        #expect(fleet.clusterIDs.filter { $0.hasPrefix("lkc-") }.count == 4)
        #expect(fleet.clusterIDs.filter { $0.utf8.count == 22 }.count == 2)
        let remotes = fleet.clusters.flatMap(\.links).map(\.remoteClusterID)
        #expect(remotes.contains { $0.utf8.count == 22 && !fleet.clusterIDs.contains($0) })
    }

    @Test func `a healthy fleet has no error and a mixed one has some`() {
        func isWell(_ link: SimulatedLink) -> Bool {
            link.error == nil && link.state == "ACTIVE" && link.tasks.allSatisfy(\.errors.isEmpty)
        }
        let healthy = SimulatedFleet.make(seed: 11, clusters: 9, links: 12)
        #expect(healthy.clusters.flatMap(\.links).allSatisfy(isWell))
        let mixed = SimulatedFleet.make(seed: 11, clusters: 9, links: 12, condition: .mixed)
        #expect(!mixed.clusters.flatMap(\.links).allSatisfy(isWell))
        #expect(mixed.clusters.contains { !$0.ghosts.isEmpty })
    }

    @Test func `a recreation changes the id on both sides and is the same for the same seed`() throws {
        var fleet = SimulatedFleet.make(seed: 5, clusters: 3, links: 5)
        let cluster = try #require(fleet.clusters.first)
        let link = try #require(cluster.links.first { $0.role == .source })
        let near = LinkAddress(cluster.id, link.name)
        let far = LinkAddress(link.remoteClusterID, link.name)
        var twin = fleet
        try fleet.apply(.recreate(near))
        try twin.apply(.recreate(near))
        #expect(try fleet.link(near).id != link.id)
        #expect(try fleet.link(near).id == fleet.link(far).id)
        #expect(fleet == twin)
    }

    @Test func `a deletion removes both sides, and a side's deletion one`() throws {
        var fleet = SimulatedFleet.make(seed: 5, clusters: 3, links: 5)
        let cluster = try #require(fleet.clusters.first)
        let pairs = cluster.links.filter { $0.role == .bidirectional }
        let first = try #require(pairs.first)
        let last = try #require(pairs.last)
        try fleet.apply(.delete(LinkAddress(cluster.id, first.name)))
        #expect(throws: SimulatorError.self) { try fleet.link(LinkAddress(first.remoteClusterID, first.name)) }
        try fleet.apply(.deleteSide(LinkAddress(cluster.id, last.name)))
        #expect(throws: SimulatorError.self) { try fleet.link(LinkAddress(cluster.id, last.name)) }
        #expect(try fleet.link(LinkAddress(last.remoteClusterID, last.name)).id == last.id)
    }

    @Test func `a source side that is deleted on a Confluent Server leaves a ghost`() throws {
        var fleet = SimulatedFleet(seed: 1)
        let link = makeLink("moved", role: .source, topics: [])
        try fleet.apply(.addCluster(SimulatedCluster(id: "server", dialect: .server, links: [link])))
        try fleet.apply(.addCluster(SimulatedCluster(id: "lkc-cloud", dialect: .cloud, links: [link])))
        try fleet.apply(.deleteSide(LinkAddress("server", "moved")))
        try fleet.apply(.deleteSide(LinkAddress("lkc-cloud", "moved")))
        #expect(try fleet.cluster("server").ghosts.count == 1)
        #expect(try fleet.cluster("lkc-cloud").ghosts.isEmpty)
    }

    @Test func `an event that finds nothing changes nothing and says what is missing`() throws {
        var fleet = SimulatedFleet.make(seed: 5, clusters: 1, links: 1)
        let before = fleet
        let cluster = try #require(fleet.clusters.first)
        let link = try #require(cluster.links.first)
        #expect(throws: SimulatorError.unknownCluster("nowhere")) { try fleet.apply(.addGhosts("nowhere", count: 1)) }
        let lost = LinkAddress(cluster.id, "lost")
        #expect(throws: SimulatorError.unknownLink(lost)) { try fleet.apply(.setState(lost, "PAUSED")) }
        let address = LinkAddress(cluster.id, link.name)
        #expect(throws: SimulatorError.unknownTask(address, task: "Baking")) {
            try fleet.apply(.setTask(address, SimulatedTask(name: "Baking")))
        }
        #expect(throws: SimulatorError.linkExists(address)) { try fleet.apply(.create(cluster.id, link)) }
        #expect(throws: SimulatorError.clusterExists(cluster.id)) { try fleet.apply(.addCluster(cluster)) }
        #expect(fleet == before)
    }
}
