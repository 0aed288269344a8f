import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory

/// A random history of three clusters under alerts, recorded as a service records it.
///
/// Each cluster is polled every 30 s, the three 10 s apart, and the tasks of each link are read every 60 s, so that instants that
/// are not stored follow from those that are.
struct PlayedHistory {
    static let beat = Duration.seconds(10)
    static let tasksInterval = Duration.seconds(60)

    let policy: AlertPolicy
    private let beats: Int
    private let leaves: Bool
    private let isCalm: Bool
    private var random: SeededGenerator
    private var shown: [ClusterID: [String: PlayedLink]] = [:]
    private var isReached: [ClusterID: Bool] = [:]

    /// - Parameters:
    ///   - leaves: whether one of the clusters leaves the configuration for a time.
    ///   - isCalm: whether all is well most of the time.
    init(seed: Int, policy: AlertPolicy? = nil, beats: Int = 240, leaves: Bool = false, isCalm: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.policy = policy ?? Self.policy(&random)
        self.beats = beats
        self.leaves = leaves
        self.isCalm = isCalm
    }

    private static func policy(_ random: inout SeededGenerator) -> AlertPolicy {
        AlertPolicy(
            failureThreshold: Int.random(in: 1...3, using: &random),
            resolveThreshold: Int.random(in: 1...3, using: &random),
            holdFor: random.one(of: [.zero, .seconds(45)]),
            reminderInterval: random.one(of: [.zero, .seconds(240)]),
            flapping: AlertPolicy.Flapping(changes: 3, window: .seconds(300)),
            severities: [SeverityRule(code: "AUTHENTICATION_ERROR", severity: .warning)]
        )
    }

    /// What the configuration says, for a replay.
    static func proposal(_ policy: AlertPolicy) -> BacktestProposal {
        let configuration = AlertFixture.configuration(policy)
        return BacktestProposal(
            clusters: configuration.rules.mapValues {
                BacktestProposal.Cluster(rules: $0, interval: .seconds(30), tasksInterval: tasksInterval)
            },
            notifications: configuration.notifications,
            targets: configuration.targets
        )
    }

    /// Records the whole history.
    mutating func record(in fixture: AlertFixture) async throws {
        let start = fixture.clock.now()
        for beat in 0..<beats {
            let number = beat % AlertFixture.clusters.count
            let cluster = AlertFixture.clusters[number]
            let round = beat / AlertFixture.clusters.count
            if leaves, number == 2, let isConfigured = [20: false, 40: true][round] {
                await fixture.configure(
                    isConfigured ? AlertFixture.clusters : AlertFixture.clusters.dropLast(),
                    policy
                )
            }
            let isAway = leaves && number == 2 && (20..<40).contains(round)
            fixture.clock.set(start.advanced(by: Self.beat * (beat + 1)))
            if !isAway { try await poll(cluster, fixture) }
            await fixture.inventory.storeSightings()
            guard round.isMultiple(of: 2) else { continue }
            for (place, slot) in PlayedLink.slots.enumerated() {
                fixture.clock.set(start.advanced(by: Self.beat * (beat + 1) + .milliseconds(5000 + place)))
                if isReached[cluster] == true, !isAway, let link = shown[cluster]?[slot], let identity = link.identity {
                    await fixture.inventory.record(
                        link.tasks,
                        of: identity,
                        on: cluster,
                        at: fixture.clock.now()
                    )
                }
                await fixture.inventory.storeSightings()
            }
        }
    }

    private mutating func poll(_ cluster: ClusterID, _ fixture: AlertFixture) async throws {
        let now = fixture.clock.now()
        guard !random.once(in: isCalm ? 20 : 6) else {
            isReached[cluster] = false
            await fixture.inventory.failure(random.one(of: ["timeout", "dns"]), on: cluster, at: now)
            return
        }
        isReached[cluster] = true
        if shown[cluster] != nil, random.once(in: 3) {
            await fixture.inventory.unchanged(on: cluster, at: now)
            return
        }
        change(cluster)
        let items = (shown[cluster] ?? [:]).sorted { $0.key < $1.key }.map(\.value.item)
        try await fixture.inventory.list(items, on: cluster, at: now)
    }

    private mutating func change(_ cluster: ClusterID) {
        let slot = random.one(of: PlayedLink.slots)
        var links = shown[cluster] ?? [:]
        var link = links[slot] ?? PlayedLink(slot, on: cluster, hasID: !random.once(in: 3))
        switch Int.random(in: 0..<20, using: &random) {
        case 0...3: break
        case 4...7: link.error = "TIMEOUT_ERROR"
        case 8: link.error = "AUTHENTICATION_ERROR"
        case 9...11: link.error = nil
        case 12: link.state = "FAILED"
        case 13: link.state = "PAUSED"
        case 14: link.state = nil
        // When the tasks of a cluster that came back were first read again is stored nowhere.
        case 15:
            link.failsTask = link.id != nil && !link.failsTask && !(leaves && cluster == AlertFixture.clusters.last)
        case 16: link.rename()
        case 17: link.recreate()
        case 18: link.takeID()
        default: links[slot] = nil
        }
        if links[slot] != nil || shown[cluster]?[slot] == nil { links[slot] = link }
        if isCalm, !random.once(in: 4) { links = links.mapValues(\.well) }
        shown[cluster] = links
    }
}

extension AlertFixture {
    fileprivate func configure(_ clusters: [ClusterID], _ policy: AlertPolicy) async {
        await inventory.configure(
            clusters.map { ClusterDescription(id: $0, name: "name of \($0)") },
            alerting: Self.configuration(policy)
        )
    }
}
