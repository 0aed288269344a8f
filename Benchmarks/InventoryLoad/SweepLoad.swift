import ClusterLinks
import Foundation
import Inventory

/// `sweep`: every link of the fleet has changed when all clusters are polled at once; how long until that is durable.
struct SweepLoad {
    enum Kind: String {
        /// Another set of topics, which each link has had before.
        case seen
        /// A set of topics that no link has had.
        case new
        /// An error with a message that no link has told.
        case broken
    }

    let kind: Kind
    /// The file that is written.
    let path: String
    /// The file as it is before the sweep; made where there is none.
    let prepared: String
    private let fleet = LoadFleet()
    private static let start = Instant(milliseconds: 1_735_689_600_000)

    init(kind: Kind, path: String, prepared: String) {
        self.kind = kind
        self.path = path
        self.prepared = prepared
    }

    func run() async throws {
        if !FileManager.default.fileExists(atPath: prepared) { try await prepare() }
        try FileManager.default.copyItem(atPath: prepared, toPath: path)
        let time = SimulatedTime(Self.start.advanced(by: .seconds(3 * 3600)))
        let inventory = try LoadedInventory(path: path, time: time)
        let observations = try fleet.clusters.enumerated().map { index, cluster in
            PollObservation(
                cluster: cluster.id,
                at: time.now(),
                duration: .milliseconds(83),
                httpStatus: 200,
                result: .list(try cluster.list(cluster.links.indices.map { condition(ofLink: $0, inCluster: index) }))
            )
        }
        let store = inventory.store
        let before = store.fleet.current(at: time.now())
        let clock = ProcessClock()
        await withTaskGroup { group in
            for observation in observations { group.addTask { _ = await store.record(observation) } }
        }
        let taken = clock.taken()
        try inventory.checkDurable()
        let after = store.fleet.current(at: time.now())
        let links = fleet.clusters.count * LoadFleet.linksEach
        guard after.sequence - before.sequence == links else {
            throw LoadError.unexpected(what: "changes", expected: links, got: Int(after.sequence - before.sequence))
        }
        FigureLine.tell("links", links)
        FigureLine.tell("wall.seconds", taken.wall.seconds)
        FigureLine.tell("processor.seconds", taken.processor.seconds)
        // Every commit publishes once what it stored.
        FigureLine.tell("commits", after.generation - before.generation)
        try await store.close()
    }

    private func condition(ofLink link: Int, inCluster cluster: Int) -> LinkCondition {
        switch kind {
        case .seen: Self.replayed
        case .new: LinkCondition(addedTopics: ["orders.replayed.\(cluster).\(link)"])
        case .broken:
            LinkCondition(
                trouble: LinkCondition.Trouble(
                    code: "TIMEOUT_ERROR",
                    message:
                        "Timed out while describing the remote cluster: no answer to request \(cluster) within 30000 ms."
                )
            )
        }
    }

    private static let replayed = LinkCondition(addedTopics: ["orders.replayed"])

    /// Every link was seen with the other set of topics and is back at its own.
    private func prepare() async throws {
        let time = SimulatedTime(Self.start)
        let inventory = try LoadedInventory(path: prepared, time: time)
        await inventory.store.configure(fleet.descriptions(staleAfter: .seconds(7200)))
        for condition in [LinkCondition.fine, Self.replayed, .fine] {
            var polls = PlayedPolls(
                of: fleet,
                every: .seconds(3600),
                script: UniformScript(fleet: fleet, condition: condition),
                from: time
            )
            try await polls.playHour(on: inventory.store)
        }
        try inventory.checkDurable()
        try await inventory.store.close()
    }
}
