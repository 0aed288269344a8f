import ClusterLinks
import Inventory

/// Clusters that go around eight lists each, from one to the next of which some four of ten links change, and of whose
/// polls one in five hundred fails.
struct HistoryScript: PollScript {
    private static let phases = 8
    /// The same parsed lists over and over: a history of millions of versions has to be made in minutes.
    private let lists: [[LinkList]]
    /// Nil before a cluster's first list.
    private var phase: [Int?]
    private var change: RareEvent
    private var failure = RareEvent(probability: 0.002, seed: 5)

    /// - Parameters:
    ///   - versions: how many versions of links are to come of it, about.
    ///   - polls: in how many polls.
    init(of fleet: LoadFleet, versions: Int, inPolls polls: Int) throws {
        var generator = SeededGenerator(seed: 4)
        var changes = 0
        lists = try fleet.clusters.map { cluster in
            let conditions = Self.conditions(of: cluster, using: &generator)
            for phase in 0..<Self.phases {
                let next = conditions[(phase + 1) % Self.phases]
                changes += zip(conditions[phase], next).count { $0 != $1 }
            }
            return try conditions.map { try cluster.list($0.map { Self.shown[$0] }) }
        }
        phase = lists.map { _ in nil }
        let changesEach = Double(changes) / Double(Self.phases * lists.count)
        change = RareEvent(probability: Double(versions) / changesEach / Double(polls), seed: 6)
    }

    mutating func result(ofCluster index: Int) -> PollObservation.Result {
        guard let now = phase[index] else {
            phase[index] = 0
            return .list(lists[index][0])
        }
        if failure.happens() { return .failure(reason: "timeout", message: "no answer within 10 s") }
        guard change.happens() else { return .unchanged }
        let next = (now + 1) % Self.phases
        phase[index] = next
        return .list(lists[index][next])
    }

    /// What a link is found in: well, in trouble, or well with one topic more.
    private static let shown = LinkCondition.usual + [LinkCondition(addedTopics: ["orders.replayed"])]

    /// For each phase the place in `shown` of each link.
    private static func conditions(of cluster: LoadFleet.Cluster, using generator: inout SeededGenerator) -> [[Int]] {
        var conditions = [cluster.links.map { _ in 0 }]
        for _ in 1..<phases {
            conditions.append(
                conditions[conditions.endIndex - 1].map { now in
                    guard generator.below(5) < 2 else { return now }
                    return now == 0 ? 1 + generator.below(shown.count - 1) : 0
                }
            )
        }
        return conditions
    }
}
