import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory
import Testing

/// Whatever happens to the process and its database: the alerts are those of a service that nothing ever happened to.
struct AlertHistoryPropertyTests {
    /// One observation, and what happens to the service before it.
    private struct Beat {
        enum Event { case nothing, restart, kill, refuse, take }

        let event: Event
        let cluster: ClusterID
        /// By link, the error that it shows; nil for a poll that fails.
        let list: [String: String?]?
    }

    private static func beats(seed: Int, disturbed: [Beat.Event]) -> [Beat] {
        var random = SeededGenerator(seed: seed)
        var events = SeededGenerator(seed: seed + 1)
        var shown: [ClusterID: [String: String?]] = [:]
        return (0..<120).map { _ in
            let cluster = random.one(of: AlertFixture.clusters)
            let event = events.once(in: 8) ? events.one(of: disturbed) : .nothing
            var links = shown[cluster] ?? [:]
            let name = random.one(of: ["dr", "orders", "stock"])
            switch Int.random(in: 0..<10, using: &random) {
            case 0...3: break
            case 4...6: links[name] = .some("TIMEOUT_ERROR")
            case 7: links[name] = .some("AUTHENTICATION_ERROR")
            case 8: links[name] = .some(nil)
            default: links[name] = nil
            }
            let fails = random.once(in: 6)
            if !fails { shown[cluster] = links }
            return Beat(event: event, cluster: cluster, list: fails ? nil : links)
        }
    }

    private static let policy = AlertPolicy(
        flapping: AlertPolicy.Flapping(changes: 3, window: .seconds(300)),
        severities: [SeverityRule(code: "AUTHENTICATION_ERROR", severity: .warning)]
    )

    /// What is left in the database at the end, and which notifications were told in which order.
    private struct Outcome: Equatable {
        var alerts: [String] = []
        var incidents: [String] = []
        var told: [String] = []
    }

    private static func run(_ beats: [Beat]) async throws -> Outcome {
        try await AlertFixture.place { place in
            var told: [String] = []
            var rest = beats[...]
            var refuses = false
            while !rest.isEmpty {
                let kills = try await place.life(policy, closes: false) { fixture in
                    if refuses { try fixture.refuse(true) }
                    while let beat = rest.first {
                        rest = rest.dropFirst()
                        try await fixture.perform(beat.list, on: beat.cluster)
                        await fixture.inventory.storeSightings()
                        while let next = try await fixture.inventory.oldestNotification(for: AlertFixture.webhook) {
                            told.append(next.id)
                            try await fixture.inventory.record(.delivered, of: next.id, for: next.receiver)
                        }
                        switch beat.event {
                        case .nothing: continue
                        case .refuse where !refuses:
                            try fixture.refuse(true)
                            refuses = true
                        case .take where refuses, .restart where refuses, .kill where refuses:
                            try fixture.refuse(false)
                            refuses = false
                            await fixture.inventory.storeSightings()
                        case .restart, .kill:
                            if beat.event == .restart { try await fixture.inventory.close() }
                            return true
                        case .refuse, .take: continue
                        }
                    }
                    if refuses { try fixture.refuse(false) }
                    refuses = false
                    await fixture.inventory.storeSightings()
                    return false
                }
                if !kills { break }
            }
            #expect(try place.violations() == [])
            var outcome = Outcome()
            outcome.told = told
            try await place.life(policy) { fixture in
                for row in try await fixture.inventory.history.alerts(limit: 1000) {
                    let story = try await fixture.inventory.history.alert(row.alert.id)
                    outcome.alerts.append("\(row.alert) \(story?.events.map { "\($0.at) \($0.kind)" } ?? [])")
                }
                outcome.incidents = try await fixture.inventory.history.incidents(limit: 1000).map { "\($0)" }
            }
            return outcome
        }
    }

    @Test(arguments: HistorySeeds.asked(orFirst: 12))
    func restartsAndKillsAreInvisible(seed: Int) async throws {
        let disturbed = try await Self.run(Self.beats(seed: seed, disturbed: [.restart, .kill]))
        let calm = try await Self.run(Self.beats(seed: seed, disturbed: [.nothing]))
        #expect(Difference(disturbed.alerts, calm.alerts) == nil)
        #expect(Difference(disturbed.incidents, calm.incidents) == nil)
        #expect(Difference(disturbed.told, calm.told) == nil)
        #expect(Set(calm.told).count == calm.told.count)
    }

    @Test(arguments: HistorySeeds.asked(orFirst: 12))
    func aDatabaseThatRefusesForATimeChangesNoAlert(seed: Int) async throws {
        let disturbed = try await Self.run(Self.beats(seed: seed, disturbed: [.refuse, .take, .restart]))
        let calm = try await Self.run(Self.beats(seed: seed, disturbed: [.nothing]))
        #expect(Difference(disturbed.alerts, calm.alerts) == nil)
        #expect(Difference(disturbed.incidents, calm.incidents) == nil)
        #expect(Set(disturbed.told).subtracting(calm.told) == [])
        #expect(Set(disturbed.told).count == disturbed.told.count)
    }
}

/// The first place where two lists of texts part, with the words around it.
private struct Difference: Equatable, CustomStringConvertible {
    let description: String

    /// Nil for equal lists.
    init?(_ disturbed: [String], _ calm: [String]) {
        for (index, (left, right)) in zip(disturbed, calm).enumerated() where left != right {
            let common = zip(left, right).prefix { $0 == $1 }.count
            let (one, other) = [left, right].map { $0.dropFirst(max(common - 400, 0)).prefix(600) }.pair
            description = "at \(index):\n\(one)\ncalm:\n\(other)"
            return
        }
        guard disturbed.count != calm.count else { return nil }
        description = "\(disturbed.count) instead of \(calm.count)"
    }
}

extension Array {
    fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}

extension AlertFixture {
    fileprivate func perform(_ list: [String: String?]?, on cluster: ClusterID) async throws {
        clock.advance(by: .seconds(10))
        guard let list else {
            await inventory.failure(on: cluster, at: clock.now())
            return
        }
        let items = list.sorted { $0.key < $1.key }.map { name, error in
            // The link "dr" is one link with sides on two clusters.
            var fields = item(name, id: name == "dr" ? "shared" : "id-of-\(name)-on-\(cluster)", error: error)
            fields["source_cluster_id"] = .string("lkc-\(name == "stock" ? 3 : 1)")
            return fields
        }
        try await inventory.list(items, on: cluster, at: clock.now())
    }
}
