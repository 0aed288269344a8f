import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// One configuration after another, some of them bad, against what each of them plainly says.
@Suite(.timeLimit(.minutes(2)))
struct ReloadPropertyTests {
    /// What a file says of one cluster.
    private struct Said: Equatable {
        var id: String
        var name: String
        var team: String
        var interval: String

        static func random(_ id: String, using random: inout SplitMix) -> Said {
            Said(
                id: id,
                name: ["orders", "payments", "stock"].randomElement(using: &random).map { "\($0)-\(id)" } ?? id,
                team: ["red", "blue"].randomElement(using: &random) ?? "",
                interval: ["1h", "2h"].randomElement(using: &random) ?? "1h"
            )
        }

        func yaml(_ base: String) -> String {
            """
              - { id: \(id), name: \(name), endpoint: \(base), labels: { team: '\(team)' }, poll: { interval: \(interval) } }

            """
        }
    }

    /// What must have come of all that was said so far.
    private struct Expectation {
        var clusters: [Said] = []
        var everConfigured: Set<String> = []
        var retired: [String: Int] = [:]
        var restored: [String: Int] = [:]
        var nextPolls: [String: Date] = [:]

        /// Takes a file in and says what a reload must answer.
        mutating func take(_ next: [Said]) -> (added: [String], removed: [String], changed: [String]) {
            let before = Dictionary(uniqueKeysWithValues: clusters.map { ($0.id, $0) })
            let added = next.map(\.id).filter { before[$0] == nil }
            let removed = clusters.map(\.id).filter { id in !next.contains { $0.id == id } }
            let changed = next.filter { cluster in before[cluster.id].map { $0 != cluster } ?? false }
            for id in removed { retired[id, default: 0] += 1 }
            for id in added where everConfigured.contains(id) { restored[id, default: 0] += 1 }
            for id in removed + changed.map(\.id) { nextPolls[id] = nil }
            everConfigured.formUnion(added)
            clusters = next
            return (added, removed, changed.map(\.id))
        }
    }

    @Test(arguments: 1...3)
    func `what is in force is what the last good file says, and no history is lost`(seed: Int) async throws {
        var random = SplitMix(seed: seed)
        try await withReloadable(clusters: 5) { it in
            let ids = it.simulator.fleet.clusterIDs
            var expected = Expectation()
            var firstSeen: [String: JSONValue] = [:]
            let begun = ids.prefix(2).map { Said(id: $0, name: $0, team: "", interval: "1h") }
            _ = expected.take(begun)
            for step in 0..<10 {
                let next = ids.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random))
                    .map { id in
                        let known = expected.clusters.first { $0.id == id }
                        return known.flatMap { !$0.team.isEmpty && Bool.random(using: &random) ? $0 : nil }
                            ?? .random(id, using: &random)
                    }
                let text =
                    ReloadableService.head(it.folder)
                    + (next.isEmpty ? "clusters: []\n" : "clusters:\n" + next.map { $0.yaml(it.base) }.joined())
                let isBad = Int.random(in: 0..<4, using: &random) == 0
                try it.write(text: isBad ? text + "retentoin: { age: 30d }\n" : text)
                let answer = try await it.reload()
                if isBad {
                    #expect(answer.status == 500)
                } else {
                    let change = expected.take(next)
                    #expect(answer.status == 200, "seed \(seed), step \(step): \(answer.text)")
                    #expect(answer.json["clusters"]["added"].texts == change.added)
                    #expect(answer.json["clusters"]["removed"].texts == change.removed)
                    #expect(answer.json["clusters"]["changed"].texts == change.changed)
                }
                try await expectInForce(&expected, on: it, &firstSeen, "seed \(seed), step \(step)")
            }
            let changes = try await it.live.api.get("/api/v1/changes?limit=1000").rows
            for id in ids {
                let kinds = changes.filter { $0["cluster_id"].string == id }.compactMap(\.["kind"].string)
                #expect(kinds.count { $0 == "retired" } == expected.retired[id, default: 0])
                #expect(kinds.count { $0 == "restored" } == expected.restored[id, default: 0])
                #expect(kinds.count { $0 == "created" } == (firstSeen[id] == nil ? 0 : 3))
                #expect(kinds.allSatisfy { !["changed", "deleted"].contains($0) })
            }
        }
    }

    private func expectInForce(
        _ expected: inout Expectation,
        on it: ReloadableService,
        _ firstSeen: inout [String: JSONValue],
        _ place: String
    ) async throws {
        let rows = try await it.live.api.get("/api/v1/clusters").rows
        let served = rows.map {
            [$0["cluster_id"].string ?? "", $0["name"].string ?? "", $0["labels"]["team"].string ?? ""]
        }
        let said = expected.clusters.map { [$0.id, $0.name, $0.team] }
        #expect(Set(served) == Set(said) && served.count == said.count, "\(place)")
        for cluster in expected.clusters {
            let nextPoll = try await it.live.cluster(cluster.id)["next_poll_at"].string
                .flatMap { try? Date($0, strategy: .iso8601) }
            if let before = expected.nextPolls[cluster.id] {
                let moved = nextPoll.map { abs($0.timeIntervalSince(before)) } ?? .infinity
                #expect(moved <= 2, "\(place): the schedule of \(cluster.id) moved by \(moved) s")
                continue
            }
            // From here on its next poll is an hour or two away.
            #expect(try await it.poll(cluster.id)["outcome"].string == "success", "\(place)")
            let link = try await it.live.api.get("/api/v1/clusters/\(cluster.id)/links").rows.first
            let first = try #require(link)["first_observed_at"]
            #expect(firstSeen[cluster.id].map { $0 == first } ?? true, "\(place): \(cluster.id) began anew")
            firstSeen[cluster.id] = first
            expected.nextPolls[cluster.id] = try await it.live.cluster(cluster.id)["next_poll_at"].string
                .flatMap { try? Date($0, strategy: .iso8601) }
        }
    }
}
