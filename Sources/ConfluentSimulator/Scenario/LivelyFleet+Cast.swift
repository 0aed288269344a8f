extension LivelyFleet {
    /// Who plays what; the last cluster is only ever dark, so that darkness hides no other part.
    struct Cast: Sendable {
        let flapping: LinkAddress?
        let broken: LinkAddress?
        let degraded: LinkAddress?
        let recreated: LinkAddress?
        let paused: LinkAddress?
        /// Where links come and go.
        let busy: String?
        let haunted: String?
        let limited: String?
        let dark: String?

        init(fleet: SimulatedFleet) {
            let clusters = fleet.clusters
            let lit = clusters.count > 1 ? clusters.dropLast() : clusters[...]
            dark = clusters.count > 1 ? clusters.last?.id : nil

            // Clusters in turn, so that the parts spread over the fleet, and no link twice while there are enough.
            let rows = (0..<(lit.map(\.links.count).max() ?? 0)).map { row in
                lit.filter { row < $0.links.count }.map { LinkAddress($0.id, $0.links[row].name) }
            }
            let links = Array(rows.joined())
            func link(_ part: Int) -> LinkAddress? { links.isEmpty ? nil : links[part % links.count] }
            flapping = link(0)
            degraded = link(1)
            broken = link(2)
            paused = link(3)
            recreated = link(4)

            let ids = lit.map(\.id)
            func cluster(_ part: Int) -> String? { ids.isEmpty ? nil : ids[part % ids.count] }
            busy = cluster(0)
            limited = cluster(1)
            haunted = cluster(2)
        }
    }

    /// Collects the steps of one round, each moved by up to a second in all rounds but the first.
    struct Play {
        var generator: SeededGenerator
        private let jitter: [Duration]
        private(set) var steps: [SimulatorScript.Step] = []

        init(generator: SeededGenerator, isJittered: Bool) {
            self.generator = generator
            var source = generator
            jitter = (0..<60).map { _ in isJittered ? .milliseconds(source.below(1_000)) : .zero }
        }

        /// Steps of one second stay together, in the order of the calls.
        mutating func at(_ second: Int, _ event: SimulatedEvent) {
            steps.append(SimulatorScript.Step(at: .seconds(second) + jitter[second % jitter.count], event))
        }

        mutating func exactly(_ second: Int, _ event: SimulatedEvent) {
            steps.append(SimulatorScript.Step(at: .seconds(second), event))
        }
    }
}
