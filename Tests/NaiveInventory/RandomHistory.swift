package import ClusterLinks
import ExactJSON
package import Inventory
import Logging

/// Random clusters, the inventory that watches them, and beside it everything that it was told.
package struct RandomHistory {
    package let path: String
    /// How many writes the inventory lets wait unfolded.
    package var backlogLimit = 200_000
    package private(set) var inventory: InventoryStore
    package private(set) var naive: [ClusterID: NaiveCluster] = [:]
    package private(set) var now = Instant(milliseconds: 1_800_000_000_000)
    package let clock: HistoryClock
    /// Whose observations came, one after the other: the order of what happened over all clusters.
    package private(set) var order: [ClusterID] = []
    /// What the configuration said of each cluster last, also of those that left it.
    package private(set) var descriptions: [ClusterID: ClusterDescription] = [:]
    private var random: SeededGenerator
    private var real: [ClusterID: RandomCluster] = [:]
    /// What the poller holds to be the last body, so that it knows an equal one.
    private var lastBodies: [ClusterID: [Int: LinkFacts]] = [:]
    private var lastGhosts: [ClusterID: Int] = [:]
    private var lastObservedAt: [ClusterID: Instant] = [:]
    private var lastConfiguredAt: [ClusterID: Instant] = [:]
    private var configuration: [ClusterID: ClusterDescription] = [:]

    package static let clusters = [ClusterID("lkc-a"), ClusterID("lkc-b")]

    package init(seed: Int, path: String, backlogLimit: Int = 200_000) async throws {
        self.path = path
        self.backlogLimit = backlogLimit
        clock = HistoryClock(now)
        random = SeededGenerator(seed: seed)
        inventory = try Self.open(path, clock, backlogLimit)
        for cluster in Self.clusters {
            real[cluster] = RandomCluster(id: cluster.rawValue, other: Self.clusters.first { $0 != cluster }?.rawValue)
            naive[cluster] = NaiveCluster()
            configuration[cluster] = ClusterDescription(id: cluster)
        }
        await configure()
    }

    private static func open(_ path: String, _ clock: HistoryClock, _ limit: Int) throws -> InventoryStore {
        let database = try InventoryDatabase(path: path)
        clock.restart(notBefore: try database.lastInstant())
        return try InventoryStore(
            database: database,
            time: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            backlogLimit: limit
        )
    }

    package mutating func step() async throws {
        // Now and then time stands still, or the wall clock is set: instants of one cluster still differ and increase.
        let pause = random.one(of: [0, 1, 1000, 60_000, 60_000, 60_000, 200_000])
        let step = random.one(of: [0, 0, 0, 0, 0, 5000, -5000, -3_600_000, 90_000])
        clock.advance(by: .milliseconds(pause), settingWallBy: .milliseconds(step))
        now = clock.now()
        let cluster = random.one(of: Self.clusters)
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<10: try await poll(cluster)
        case 10..<13: await fail(cluster)
        case 13..<17: await readTasks(cluster)
        case 17: await reconfigure(cluster)
        case 18: await inventory.storeSightings()
        default: break
        }
    }

    /// Ends the service in good order and starts it again.
    package mutating func restart() async throws {
        try await inventory.close()
        inventory = try Self.open(path, clock, backlogLimit)
        now = clock.now()
        lastBodies = [:]
        let last = (lastObservedAt.values.map(\.self) + lastConfiguredAt.values).max()
        for cluster in Self.clusters {
            tell(.start, of: cluster)
            (lastObservedAt[cluster], lastConfiguredAt[cluster]) = (last, last)
        }
        await configure()
    }

    private mutating func poll(_ cluster: ClusterID) async throws {
        for _ in 0..<Int.random(in: 0...2, using: &random) { real[cluster]?.mutate(using: &random) }
        guard let links = real[cluster]?.links, let frame = real[cluster]?.frame, let ghosts = real[cluster]?.ghosts
        else { return }
        if lastBodies[cluster] == frame, lastGhosts[cluster] == ghosts, random.once(in: 2) {
            await record(.unchanged, told: .unchanged, status: 200, of: cluster)
            return
        }
        var items = links.map { $0.facts.item(using: &random) }
        for number in 0..<ghosts { items.append(["link_name": "", "cluster_link_id": .string("ghost-\(number)")]) }
        let page = JSONValue.object(["data": .array(items.shuffled(using: &random).map(JSONValue.object))])
        let list = try LinkList(pages: [page])
        guard await record(.list(list), told: .list(frame, ghosts: ghosts), status: 200, of: cluster) else { return }
        lastBodies[cluster] = frame
        lastGhosts[cluster] = ghosts
    }

    private mutating func fail(_ cluster: ClusterID) async {
        let reason = random.one(of: ["timeout", "dns"])
        await record(.failure(reason: reason, message: reason), told: .failure(reason), status: nil, of: cluster)
    }

    /// False where the cluster is not configured, so that nothing is kept.
    @discardableResult
    private mutating func record(
        _ result: PollObservation.Result,
        told: NaiveCluster.Poll.Result,
        status: Int?,
        of cluster: ClusterID
    ) async -> Bool {
        let duration = Duration.milliseconds(Int.random(in: 1...900, using: &random))
        let observation = PollObservation(
            cluster: cluster,
            at: now,
            duration: duration,
            httpStatus: status,
            result: result
        )
        guard await inventory.record(observation) != nil else { return false }
        let at = observed(cluster)
        lastObservedAt[cluster] = at
        let staleAfter = naive[cluster]?.staleAfter ?? .zero
        tell(.poll(.init(at: at, duration: duration, staleAfter: staleAfter, result: told)), of: cluster)
        return true
    }

    private mutating func readTasks(_ cluster: ClusterID) async {
        guard let known = naive[cluster]?.frames.last?.links,
            let number = known.keys.sorted().randomElement(using: &random),
            let identity = known[number]?.identity, naive[cluster]?.isConfigured == true
        else { return }
        let tasks = random.one(
            of: [
                [], ["AclSync"], ["AclSync", "ConsumerOffsetSync"],
                ["AclSync", "ConsumerOffsetSync=AUTHORIZATION_ERROR"],
            ] as [Set<String>]
        )
        await inventory.record(LinkFacts.reading(tasks, using: &random), of: identity, on: cluster, at: now)
        let before = naive[cluster]?.link(number)
        let at = observed(cluster)
        tell(.tasks(at, of: number, tasks), of: cluster)
        let after = naive[cluster]?.link(number)
        // A reading without news is not kept, and so takes no instant.
        if before?.versions != after?.versions || before?.hasTaskReading != after?.hasTaskReading {
            lastObservedAt[cluster] = at
        }
    }

    private mutating func reconfigure(_ cluster: ClusterID) async {
        if configuration[cluster] == nil || random.once(in: 3) {
            let staleAfter = random.one(of: [Duration.seconds(180), .seconds(90)])
            configuration[cluster] = ClusterDescription(
                id: cluster,
                name: random.one(of: [nil, "first name", "second name"]),
                labels: ["env": "test"],
                staleAfter: staleAfter
            )
        } else {
            configuration[cluster] = nil
        }
        await configure()
    }

    private mutating func configure() async {
        await inventory.configure(configuration.values.sorted { $0.id < $1.id })
        descriptions.merge(configuration) { $1 }
        for cluster in Self.clusters {
            guard let isConfigured = naive[cluster]?.isConfigured else { continue }
            if let staleAfter = configuration[cluster]?.staleAfter { naive[cluster]?.staleAfter = staleAfter }
            guard isConfigured != (configuration[cluster] != nil) else { continue }
            let at =
                [now, lastObservedAt[cluster], lastConfiguredAt[cluster]?.advanced(by: .milliseconds(1))]
                .compactMap(\.self).max() ?? now
            lastConfiguredAt[cluster] = at
            tell(isConfigured ? .retired(at) : .configured(at), of: cluster)
        }
    }

    private mutating func tell(_ observation: NaiveCluster.Observation, of cluster: ClusterID) {
        naive[cluster]?.observations.append(observation)
        order.append(cluster)
    }

    private func observed(_ cluster: ClusterID) -> Instant {
        max(now, lastObservedAt[cluster]?.advanced(by: .milliseconds(1)) ?? now)
    }
}
