import ConfluentSimulator

/// Lends a simulator that is answering on a port of its own, and ends it.
func withSimulator(
    _ fleet: SimulatedFleet? = nil,
    script: SimulatorScript? = nil,
    timing: SimulatorTiming = .immediate,
    clock: SimulatorClock = .continuous(),
    _ body: (ConfluentSimulator, RawHTTPClient) async throws -> Void
) async throws {
    let simulator = try ConfluentSimulator(
        fleet: fleet ?? makeUpstream().fleet,
        script: script,
        timing: timing,
        clock: clock
    )
    let bases = try simulator.start()
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        let client = try RawHTTPClient(base: bases.first ?? "")
        do {
            try await body(simulator, client)
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
        try await group.waitForAll()
    }
}
