import ClusterLinks
import Foundation
import Inventory

/// `growth`: what a simulated year of polls every 60 s adds to the file.
struct GrowthLoad {
    let scenario: GrowthScenario
    let days: Int
    let path: String
    private let fleet = LoadFleet()

    init(scenario: GrowthScenario, days: Int, path: String) {
        self.scenario = scenario
        self.days = days
        self.path = path
    }

    func run() async throws {
        let time = SimulatedTime(Instant(milliseconds: 1_735_689_600_000))
        try await begin(at: time)
        try FileFacts(path: path).tell("before")
        var inventory = try LoadedInventory(path: path, time: time)
        let sequence = inventory.store.fleet.current(at: time.now()).sequence
        let script = GrowthScript(scenario, of: fleet)
        var polls = PlayedPolls(of: fleet, every: .seconds(60), script: script, from: time)
        let start = ContinuousClock.now
        for day in 1...days {
            for _ in 0..<24 { try await polls.playHour(on: inventory.store) }
            try inventory.checkDurable()
            if scenario.restartsWeekly, day.isMultiple(of: 7) { try await inventory.restart() }
            if day.isMultiple(of: 30) { Progress.tell("\(scenario.rawValue): \(day) of \(days) days") }
        }
        FigureLine.tell("seconds", (ContinuousClock.now - start).seconds)
        FigureLine.tell("polls", polls.polls)
        FigureLine.tell("changes", inventory.store.fleet.current(at: time.now()).sequence - sequence)
        try await inventory.store.close()
        try FileFacts(path: path).tell("after")
    }

    /// Lists every cluster for the first time, and, where links are going to flap, each of them once in every condition.
    private func begin(at time: SimulatedTime) async throws {
        let inventory = try LoadedInventory(path: path, time: time)
        await inventory.store.configure(fleet.descriptions(staleAfter: .seconds(180)))
        let shown = scenario == .flapping ? LinkCondition.usual + [.fine] : [.fine]
        for condition in shown {
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

/// Finds every link in one condition.
struct UniformScript: PollScript {
    let fleet: LoadFleet
    let condition: LinkCondition

    func result(ofCluster index: Int) throws -> PollObservation.Result {
        let cluster = fleet.clusters[index]
        return .list(try cluster.list(cluster.links.map { _ in condition }))
    }
}
