import ConfluentSimulator
import Locking

/// Changes links of a simulated fleet whenever it is told to, each time in a way that no link was in before.
final class Disturbance: Sendable {
    private let simulator: SimulatorControl
    private let isOver = Locked(false)

    init(_ simulator: SimulatorControl) { self.simulator = simulator }

    /// Nothing changes any more.
    func end() { isOver.withLock { $0 = true } }

    func goOn() {
        isOver.withLock { isOver in
            guard !isOver else { return }
            for id in simulator.fleet.clusterIDs {
                // A link that went away meanwhile is no harm: others change.
                try? change(id)
            }
        }
    }

    private func change(_ id: String) throws {
        guard let link = try simulator.fleet.cluster(id).links.randomElement() else { return }
        let address = LinkAddress(id, link.name)
        let number = Int.random(in: 0..<1_000_000_000)
        switch Int.random(in: 0..<8) {
        case 0: try simulator.apply(.recreate(address))
        case 1: try simulator.apply(.recover(address))
        case 2, 3: try simulator.apply(.setTopics(address, ["topic-\(number)", "topic-\(number / 2)"]))
        default: break
        }
        try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "\(number)"))
    }
}
