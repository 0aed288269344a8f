import ConfluentSimulator
import HTTPServing
import Testing

struct ScriptRunnerTests {
    @Test func `a script begins with the first request and follows the clock`() async throws {
        let clock = ManualSimulatorClock()
        let address = LinkAddress("lkc-one", "orders")
        let script = SimulatorScript(
            opening: [.setState(address, "PAUSED")],
            roundLength: .seconds(60)
        ) { round in
            [.init(at: .seconds(5), .setError(address, code: "ROUND_\(round)", message: nil))]
        }
        try await withSimulator(script: script, clock: clock.clock) { simulator, client in
            clock.advance(to: .seconds(100))
            #expect(try simulator.control.fleet.link(address).state == "PAUSED")
            #expect(try simulator.control.fleet.link(address).error == nil)
            _ = try await client.send("GET", "/kafka/v3/clusters/lkc-one/links")
            await clock.waitForSleepers(1)
            #expect(try simulator.control.fleet.link(address).error == nil)
            clock.advance(to: .seconds(105))
            await clock.waitForSleepers(1)
            #expect(try simulator.control.fleet.link(address).error == "ROUND_0")
            clock.advance(to: .seconds(170))
            await clock.waitForSleepers(1)
            #expect(try simulator.control.fleet.link(address).error == "ROUND_1")
        }
    }

    @Test func `an event that misses its link does not end the play`() async throws {
        let clock = ManualSimulatorClock()
        let address = LinkAddress("lkc-one", "orders")
        let script = SimulatorScript(roundLength: .seconds(60)) { _ in
            [
                .init(at: .seconds(1), .recover(LinkAddress("lkc-one", "none"))),
                .init(at: .seconds(2), .setState(address, "FAILED")),
            ]
        }
        try await withSimulator(script: script, clock: clock.clock) { simulator, client in
            _ = try await client.send("GET", "/kafka/v3/clusters/lkc-one/links")
            await clock.waitForSleepers(1)
            clock.advance(to: .seconds(2))
            await clock.waitForSleepers(1)
            #expect(try simulator.control.fleet.link(address).state == "FAILED")
        }
    }

    @Test func `waiting for requests ends with the request, and with cancellation`() async throws {
        let control = SimulatorControl(fleet: try makeUpstream().fleet)
        async let waiting: Void = control.waitForRequests(of: "lkc-one", path: "/links", atLeast: 2)
        for _ in 0..<2 { _ = try control.answer(UpstreamRequest(.listLinks, on: "lkc-one")) }
        try await waiting
        let cancelled = Task { try await control.waitForRequests(atLeast: 99) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
    }

    @Test func `a simulator says where it listens and refuses a port in use by name`() async throws {
        try await withSimulator { _, client in
            let other = try ConfluentSimulator(
                seed: 1,
                clusters: 1,
                links: 1,
                listen: [.ip(host: "127.0.0.1", port: client.port)]
            )
            let error = #expect(throws: (any Error).self) { try other.start() }
            #expect("\(String(describing: error))".contains("\(client.port)"))
        }
    }
}
