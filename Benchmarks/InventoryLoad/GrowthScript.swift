import Inventory

/// What the polls of a simulated year find.
struct GrowthScript: PollScript {
    private let scenario: GrowthScenario
    private let fleet: LoadFleet
    private var conditions: [[LinkCondition]]
    private var event: RareEvent
    private var generator = SeededGenerator(seed: 3)
    private var events = 0

    init(_ scenario: GrowthScenario, of fleet: LoadFleet) {
        self.scenario = scenario
        self.fleet = fleet
        conditions = fleet.clusters.map { cluster in cluster.links.map { _ in .fine } }
        event = RareEvent(probability: scenario.share, seed: 2)
    }

    mutating func result(ofCluster index: Int) throws -> PollObservation.Result {
        guard event.happens() else { return .unchanged }
        events += 1
        guard scenario != .failing else { return .failure(reason: "timeout", message: "no answer within 10 s") }
        let link = generator.below(LoadFleet.linksEach)
        conditions[index][link] = next(after: conditions[index][link])
        return .list(try fleet.clusters[index].list(conditions[index]))
    }

    private mutating func next(after condition: LinkCondition) -> LinkCondition {
        switch scenario {
        case .quiet, .failing: condition
        case .topics: LinkCondition(addedTopics: ["orders.replayed.\(events)"])
        case .messages:
            LinkCondition(
                trouble: LinkCondition.Trouble(
                    code: "TIMEOUT_ERROR",
                    message:
                        "Timed out while describing the remote cluster: no answer to request \(events) within 30000 ms."
                )
            )
        case .flapping: flap(condition)
        }
    }

    /// Four broken links in five get well, the others tell their error in another way or have another.
    private mutating func flap(_ condition: LinkCondition) -> LinkCondition {
        let usual = LinkCondition.usual
        guard let trouble = condition.trouble else { return usual[1 + generator.below(usual.count - 1)] }
        guard generator.below(5) == 0 else { return .fine }
        return generator.pick(usual.filter { $0.trouble.map { $0.message != trouble.message } ?? false })
    }
}
