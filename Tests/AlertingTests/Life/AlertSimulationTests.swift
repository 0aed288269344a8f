import Alerting
import ClusterLinks
import Testing

/// Five hundred links over thirty days, scored by somebody who knows what really happened.
struct AlertSimulationTests {
    private static let clusters = 10

    @Test func everyIncidentIsToldOnceAndNothingElseIs() async throws {
        let restarts = (1...12).map { $0 * 3456 + 17..<$0 * 3456 + 17 + 1 + $0 % 5 }
        let scores = try await withThrowingTaskGroup(of: [SimulationScore].self) { group in
            for seed in 0..<UInt64(Self.clusters) {
                group.addTask { try Self.scores(of: SimulatedCluster(seed: seed, restarts: restarts)) }
            }
            return try await group.reduce([[SimulationScore]]()) { $0 + [$1] }
        }
        let totals = (0..<4).map { row in scores.map { $0[row] }.reduce(SimulationScore()) { $0 + $1 } }
        Self.printTable(totals)
        let linkwatch = totals[3]
        #expect(linkwatch.incidents > 2000)
        #expect(linkwatch.found == linkwatch.incidents)
        #expect(linkwatch.notifications == linkwatch.incidents)
        #expect(linkwatch.unfounded == 0)
        #expect(linkwatch.repeated == 0)
        #expect(linkwatch.resolvedEarly == 0)
        #expect(totals[0].precision < linkwatch.precision)
        #expect(totals[1].precision < linkwatch.precision)
    }

    private static func scores(of cluster: SimulatedCluster) throws -> [SimulationScore] {
        for count in [cluster.pauses, cluster.blips, cluster.flaps, cluster.deletions] { #expect(count > 0) }
        var now = PlainRule(failureThreshold: 1, resolveThreshold: 1)
        now.run(cluster)
        var counted = PlainRule(failureThreshold: 3, resolveThreshold: 2)
        counted.run(cluster)
        var slower = try SimulatedService(cluster, policy: AlertPolicy(failureThreshold: 3))
        try slower.run()
        var service = try SimulatedService(cluster, policy: AlertPolicy())
        try service.run()
        return [now.pages, counted.pages, slower.pages, service.pages].map { pages in
            var score = SimulationScore()
            score.add(pages, of: cluster, threshold: 2)
            return score
        }
    }

    private static func printTable(_ totals: [SimulationScore]) {
        let names = ["error now -> page", "plain rule, 3/2", "linkwatch, 3/2", "linkwatch, 2/2"]
        var lines = [
            "| rule | incidents | notifications | found | unfounded | repeated | resolved early | recall | precision |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        for (name, score) in zip(names, totals) {
            let counts = [
                score.incidents, score.notifications, score.found, score.unfounded, score.repeated,
                score.resolvedEarly,
            ]
            let shares = [score.recall, score.precision].map { "\(($0 * 1000).rounded() / 10) %" }
            lines.append("| \(([name] + counts.map(String.init) + shares).joined(separator: " | ")) |")
        }
        print(lines.joined(separator: "\n"))
    }
}

extension SimulationScore {
    fileprivate static func + (left: SimulationScore, right: SimulationScore) -> SimulationScore {
        var sum = left
        sum.incidents += right.incidents
        sum.notifications += right.notifications
        sum.found += right.found
        sum.unfounded += right.unfounded
        sum.repeated += right.repeated
        sum.resolvedEarly += right.resolvedEarly
        return sum
    }
}
