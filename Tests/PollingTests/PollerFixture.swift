import Testing

@testable import Polling

/// A poller of the fake source on a manual clock, with targets 0 ..< `clusters`.
struct PollerFixture: Sendable {
    let source: FakeSource
    let clock: ManualClock
    let poller: Poller<FakeSource>

    init(clusters: Int, concurrency: Int = 4, plan: PollPlan = PollPlan(tasks: false)) async {
        source = FakeSource()
        clock = ManualClock()
        poller = Poller(
            source: source,
            concurrency: concurrency,
            clock: clock,
            randomness: SeededGenerator(seed: 1)
        )
        await poller.update(targets: (0..<clusters).map { PollTarget(id: $0, plan: plan) })
    }

    /// Runs the poller during the body; time passes only by `clock`.
    func running(_ body: () async throws -> Void) async rethrows {
        async let _: Void = poller.run()
        try await body()
        // Leaving the scope cancels the poller and waits for it.
    }

    /// Runs the poller during the body, time passing whenever nothing is left to do but to wait.
    func runningFreely(_ body: () async throws -> Void) async rethrows {
        async let _: Void = letTimePass()
        try await running(body)
    }

    /// Waits for what another task is about to do to the poller.
    func eventually(_ condition: (isolated Poller<FakeSource>) -> Bool) async {
        while await !condition(poller) { await Task.yield() }
    }

    private func letTimePass() async {
        while !Task.isCancelled {
            if let due = await nextWake { clock.advance(to: .init(offset: due)) }
            await Task.yield()
        }
    }

    /// When the poller wakes next, nil while it has something else to do than to wait.
    private var nextWake: Duration? {
        get async {
            let held = source.heldInFlight
            return await poller.nextWake(besides: held).flatMap { clock.hasSleeper(until: $0) ? $0 : nil }
        }
    }
}

extension Poller {
    fileprivate func nextWake(besides held: Int) -> Duration? {
        let waiting = agenda.manual.count + agenda.ordinary.count + agenda.urgentLanes.count + agenda.routineLanes.count
        return waiting == 0 && pollsInFlight + taskReadsInFlight == held ? agenda.nextDue : nil
    }
}
