import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory

/// A random history of three clusters under alerts, recorded as a service records it.
///
/// Each cluster is polled every 30 s, the three 10 s apart, and the tasks of each link are read every 60 s, so that what is not
/// stored of an instant can be told from what is.
struct PlayedHistory {
    static let beat = Duration.seconds(10)
    static let tasksInterval = Duration.seconds(60)

    /// What a link shows.
    private struct Shown {
        var error: String?
        var state: String?
        var failingTask = false
    }

    private static let links = ["dr", "orders", "stock"]

    let policy: AlertPolicy
    private let beats: Int
    private let leaves: Bool
    private var random: SeededGenerator
    private var shown: [ClusterID: [String: Shown]] = [:]
    private var isReached: [ClusterID: Bool] = [:]

    /// - Parameter leaves: whether one of the clusters leaves the configuration for a time.
    init(seed: Int, policy: AlertPolicy? = nil, beats: Int = 240, leaves: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.policy = policy ?? Self.policy(&random)
        self.beats = beats
        self.leaves = leaves
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
                await fixture.configure(isConfigured ? AlertFixture.clusters : AlertFixture.clusters.dropLast(), policy)
            }
            let isAway = leaves && number == 2 && (20..<40).contains(round)
            fixture.clock.set(start.advanced(by: Self.beat * (beat + 1)))
            if !isAway { try await poll(cluster, fixture) }
            await fixture.inventory.storeSightings()
            guard round.isMultiple(of: 2) else { continue }
            for (place, link) in Self.links.enumerated() {
                fixture.clock.set(start.advanced(by: Self.beat * (beat + 1) + .milliseconds(5000 + place)))
                if isReached[cluster] == true, !isAway { await readTasks(of: link, on: cluster, fixture) }
                await fixture.inventory.storeSightings()
            }
        }
    }

    private mutating func poll(_ cluster: ClusterID, _ fixture: AlertFixture) async throws {
        let now = fixture.clock.now()
        if random.once(in: 6) {
            isReached[cluster] = false
            await fixture.inventory.failure(random.one(of: ["timeout", "dns"]), on: cluster, at: now)
            return
        }
        if shown[cluster] != nil, random.once(in: 3) {
            isReached[cluster] = true
            await fixture.inventory.unchanged(on: cluster, at: now)
            return
        }
        isReached[cluster] = true
        change(cluster)
        let items = (shown[cluster] ?? [:]).sorted { $0.key < $1.key }.map { name, shown in
            // The link "dr" is one link with sides on two clusters.
            var fields = item(name, id: name == "dr" ? "shared" : "id-of-\(name)-on-\(cluster)", error: shown.error)
            fields["source_cluster_id"] = .string("lkc-\(name == "stock" ? 3 : 1)")
            shown.state.map { fields["link_state"] = .string($0) }
            return fields
        }
        try await fixture.inventory.list(items, on: cluster, at: now)
    }

    private mutating func change(_ cluster: ClusterID) {
        let name = random.one(of: Self.links)
        var links = shown[cluster] ?? [:]
        switch Int.random(in: 0..<14, using: &random) {
        case 0...3: break
        case 4...6: links[name, default: Shown()].error = "TIMEOUT_ERROR"
        case 7: links[name, default: Shown()].error = "AUTHENTICATION_ERROR"
        case 8...9: links[name, default: Shown()].error = nil
        case 10: links[name, default: Shown()].state = "FAILED"
        case 11: links[name, default: Shown()].state = nil
        // When the tasks of a cluster that came back were first read again is stored nowhere.
        case 12 where !leaves || cluster != AlertFixture.clusters.last:
            links[name, default: Shown()].failingTask.toggle()
        case 12: break
        default: links[name] = nil
        }
        shown[cluster] = links
    }

    private func readTasks(of name: String, on cluster: ClusterID, _ fixture: AlertFixture) async {
        guard let shown = shown[cluster]?[name] else { return }
        let errors: JSONValue = shown.failingTask ? [["error_code": "AUTHORIZATION_ERROR"]] : []
        let tasks: JSONValue = [["task_name": "AclSync", "state": "ACTIVE", "errors": errors]]
        let id = ClusterLinkID(name == "dr" ? "shared" : "id-of-\(name)-on-\(cluster)")
        guard let id else { return }
        await fixture.inventory.record(TaskReading(tasks), of: .id(id), on: cluster, at: fixture.clock.now())
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
