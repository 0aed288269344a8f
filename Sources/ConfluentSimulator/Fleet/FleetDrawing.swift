/// Draws clusters and links from a generator, keeping names distinct over the fleet.
struct FleetDrawing {
    private(set) var generator: SeededGenerator
    private let clusterCount: Int
    private let linksPerCluster: Int
    private var names = FleetNames()

    init(seed: UInt64, clusters: Int, links: Int) {
        generator = SeededGenerator(seed: seed)
        clusterCount = max(0, clusters)
        linksPerCluster = max(0, links)
    }

    init(generator: SeededGenerator, linksPerCluster: Int) {
        self.generator = generator
        clusterCount = 1
        self.linksPerCluster = max(0, linksPerCluster)
    }

    mutating func drawClusters(condition: SimulatedFleet.Condition) -> [SimulatedCluster] {
        var clusters = (0..<clusterCount).map { index in
            let isCloud = index % 3 != 2
            return SimulatedCluster(
                id: isCloud ? names.cloudID(using: &generator) : names.serverID(using: &generator),
                name: names.cluster(using: &generator),
                dialect: isCloud ? .cloud : index % 6 == 5 ? .older : .server
            )
        }
        if linksPerCluster >= 3 { addPairs(role: .source, to: &clusters) }
        if linksPerCluster >= 5 { addPairs(role: .bidirectional, to: &clusters) }
        for index in clusters.indices {
            addDestinations(to: &clusters[index], from: clusters.map(\.id))
            if condition == .mixed { trouble(&clusters[index]) }
            clusters[index].links = generator.shuffle(clusters[index].links)
        }
        return clusters
    }

    mutating func drawCluster(id: String, name: String?) -> SimulatedCluster {
        var cluster = SimulatedCluster(id: id, name: name, dialect: id.hasPrefix("lkc-") ? .cloud : .server)
        addDestinations(to: &cluster, from: [])
        return cluster
    }

    /// One link from each cluster to its neighbour in the ring; a lone cluster's neighbour is not simulated.
    private mutating func addPairs(role: SimulatedLink.Role, to clusters: inout [SimulatedCluster]) {
        for index in clusters.indices {
            let neighbour = (index + 1) % clusters.count
            let isAlone = neighbour == index
            var link = drawLink(
                role: role,
                remote: isAlone ? names.serverID(using: &generator) : clusters[neighbour].id
            )
            clusters[index].links.append(link)
            guard !isAlone else { continue }
            link.remoteClusterID = clusters[index].id
            if role == .source { link.role = .destination }
            link.topics = names.topics(using: &generator)
            clusters[neighbour].links.append(link)
        }
    }

    private mutating func addDestinations(to cluster: inout SimulatedCluster, from simulated: [String]) {
        let sources = simulated.filter { $0 != cluster.id }
        while cluster.links.count < linksPerCluster {
            let isSimulated = !sources.isEmpty && generator.chance(percent: 60)
            let remote = isSimulated ? generator.pick(sources) : names.serverID(using: &generator)
            cluster.links.append(drawLink(role: .destination, remote: remote))
        }
    }

    private mutating func drawLink(role: SimulatedLink.Role, remote: String) -> SimulatedLink {
        var configured: Set = ["ConsumerOffsetSync", "TopicConfigsSync"]
        if generator.chance(percent: 40) { configured.insert("AclSync") }
        if generator.chance(percent: 30) { configured.insert("AutoCreateMirror") }
        return SimulatedLink(
            name: names.link(using: &generator),
            id: SimulatedLinkID(using: &generator),
            role: role,
            remoteClusterID: remote,
            topics: role == .source ? [] : names.topics(using: &generator),
            tasks: SimulatedTask.set(configured: configured),
            configs: [
                "bootstrap.servers": "pkc-\(generator.word(of: 5, from: FleetNames.idCharacters)).example.org:9092",
                "consumer.offset.sync.ms": "30000",
                "security.protocol": "SASL_SSL",
            ]
        )
    }

    private mutating func trouble(_ cluster: inout SimulatedCluster) {
        for index in cluster.links.indices {
            switch generator.below(40) {
            case 0, 1:
                let trouble = generator.pick(LinkTrouble.all)
                cluster.links[index].error = trouble.code
                cluster.links[index].errorMessage = trouble.message
                if trouble.isLasting { cluster.links[index].state = "UNAVAILABLE" }
            case 2:
                cluster.links[index].state = "PAUSED"
            case 3, 4:
                cluster.links[index].tasks = cluster.links[index].tasks.map { task in
                    guard task.name == "ConsumerOffsetSync" else { return task }
                    return SimulatedTask(name: task.name, state: "IN_ERROR", errors: [TaskTrouble.all[0].failure])
                }
            default:
                break
            }
        }
        if cluster.dialect != .cloud, generator.chance(percent: 50) {
            cluster.ghosts = [.init(id: SimulatedLinkID(using: &generator)), .init(id: nil)]
        }
    }
}
