import Alerting
import ClusterLinks
import Testing

/// Five hundred links over thirty days, scored by somebody who knows what really happened.
struct AlertSimulationTests {
    private struct Run {
        let score: SimulationScore
        let complaints: [String]
        let posts: SimulatedAlertmanager.Score?
    }

    private static let seed: UInt64 = 5

    @Test func `every incident is told once, in time, and nothing else is`() async throws {
        let fleet = SimulatedFleet(seed: Self.seed)
        async let service = Self.run(fleet, AlertPolicy(), hasAlertmanager: true)
        async let slower = Self.run(fleet, AlertPolicy(failureThreshold: 3), hasAlertmanager: false)
        let plain = [(1, 1), (3, 2)].map { Self.score(PlainRule(failureThreshold: $0, resolveThreshold: $1), fleet) }
        let linkwatch = try await service
        let later = try await slower.score
        let rows = [
            ("linkwatch, 2/2 (default)", linkwatch.score), ("linkwatch, 3/2", later),
            ("error now → page", plain[0]), ("plain rule, 3/2", plain[1]),
        ]
        print(SimulationTable(rows, of: fleet).text)
        #expect(linkwatch.complaints == [])
        let score = linkwatch.score
        #expect(score.incidents > 4000 && score.silenced > 100)
        #expect(score.recall == 1 && score.precision == 1 && score.late == 0)
        #expect(score.notifications == score.incidents + score.worsenings)
        #expect(score.ends == score.found && score.endsMissed == 0 && score.endedEarly == 0)
        #expect(score.reminders > 100 && score.arrivedTwice > 30)
        #expect(linkwatch.posts == SimulatedAlertmanager.Score(alerts: linkwatch.posts?.alerts ?? 0))
        #expect(later.recall > 0.99 && later.precision == 1)
        #expect(plain.allSatisfy { $0.recall < 1 && $0.precision < 0.7 })
    }

    @Test func `much happens in the simulation`() {
        let counts = SimulatedFleet(seed: Self.seed).counts
        for (word, least) in [
            "pauses": 500, "blips": 400, "deletions": 400, "flapping links": 100, "links bad at every other poll": 100,
            "troubles that change their shape": 100, "troubles that change their shape at every poll": 30,
            "worsenings": 100, "acknowledgements": 300, "silences": 100, "silences outlasted": 50,
            "crashes": 200, "shared causes": 20, "links of shared causes": 300, "links broken on both sides": 200,
            "flapping clusters": 10, "clusters failing at every other poll": 10,
        ] { #expect(counts[word, default: 0] >= least, "\(word)") }
    }

    private static func run(
        _ fleet: SimulatedFleet,
        _ policy: AlertPolicy,
        hasAlertmanager: Bool
    ) async throws -> Run {
        var service = try SimulatedService(fleet, policy: policy, hasAlertmanager: hasAlertmanager)
        try service.run()
        #expect(service.openIncidents.isEmpty)
        var scorer = SimulationScorer(fleet)
        let score = scorer.score(service.deliveries.map(Page.init))
        return Run(score: score, complaints: scorer.complaints, posts: service.alertmanager?.scored())
    }

    private static func score(_ rule: PlainRule, _ fleet: SimulatedFleet) -> SimulationScore {
        var rule = rule
        rule.run(fleet)
        var scorer = SimulationScorer(fleet, knowsSeverities: false)
        return scorer.score(rule.pages)
    }
}
