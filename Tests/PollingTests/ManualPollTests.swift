import Testing

@testable import Polling

@Suite(.timeLimit(.minutes(5)))
struct ManualPollTests {
    @Test func `a poll is made at once and its report returned`() async throws {
        let fixture = await PollerFixture(clusters: 2)
        try await fixture.running {
            let reports = [try await fixture.poller.pollNow(1), try await fixture.poller.pollNow(1)]
            #expect(reports == [1, 2])
        }
        #expect(fixture.source.began(0) == 0)
    }

    @Test func `requests during a poll share the one that follows it`() async throws {
        let fixture = await PollerFixture(clusters: 1)
        fixture.source.hold([0])
        try await fixture.running {
            async let first = fixture.poller.pollNow(0)
            await fixture.source.wait { $0 == [.began(0)] }
            async let second = fixture.poller.pollNow(0)
            async let third = fixture.poller.pollNow(0)
            await fixture.eventually { $0.manualPolls.countAwaitingStart == 2 }
            fixture.source.release(0)
            let reports = try await [first, second, third]
            #expect(reports == [1, 2, 2])
        }
        #expect(fixture.source.began(0) == 2)
        #expect(fixture.source.overlaps == 0)
    }

    @Test func `a manual poll waits for a slot and goes before what is due`() async throws {
        let fixture = await PollerFixture(clusters: 6, concurrency: 1)
        fixture.source.hold([5])
        try await fixture.running {
            async let holding = fixture.poller.pollNow(5)
            await fixture.source.wait { $0 == [.began(5)] }
            fixture.clock.advance(by: .s(5))
            async let waiting = fixture.poller.pollNow(2)
            await fixture.eventually { $0.manualPolls.countAwaitingStart == 1 }
            fixture.source.release(5)
            let reports = try await [holding, waiting]
            #expect(reports == [1, 1])
        }
        #expect(fixture.source.events.prefix(3) == [.began(5), .ended(5), .began(2)])
    }

    @Test func `a success ends the backoff`() async throws {
        let fixture = await PollerFixture(clusters: 1)
        fixture.source.fail([0])
        try await fixture.running {
            for _ in 0..<4 { _ = try await fixture.poller.pollNow(0) }
            await fixture.eventually { $0.status(of: 0)?.consecutiveFailures == 4 }
            fixture.source.heal(0)
            _ = try await fixture.poller.pollNow(0)
            await fixture.eventually { $0.status(of: 0)?.consecutiveFailures == 0 }
            #expect(await fixture.poller.status(of: 0)?.backoff == nil)
        }
    }

    @Test func `a request before the run is served by it`() async throws {
        let fixture = await PollerFixture(clusters: 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await fixture.poller.pollNow(0) }
            await fixture.eventually { $0.manualPolls.countAwaitingStart == 1 }
            try await fixture.running {
                let report = try await group.next()
                #expect(report == 1)
            }
        }
    }

    @Test func `an unknown cluster is refused`() async {
        let fixture = await PollerFixture(clusters: 1)
        await #expect(throws: PollerError.unknownCluster("7")) { try await fixture.poller.pollNow(7) }
    }

    @Test func `a request for a cluster that leaves before its poll began is refused`() async {
        let fixture = await PollerFixture(clusters: 2)
        async let report = fixture.poller.pollNow(1)
        await fixture.eventually { $0.manualPolls.countAwaitingStart == 1 }
        await fixture.poller.update(targets: [PollTarget(id: 0)])
        do {
            let report = try await report
            Issue.record("a removed cluster was polled: \(report)")
        } catch {
            #expect(error as? PollerError == .clusterRemoved("1"))
        }
    }

    @Test func `a caller that is cancelled waits no longer, and the poll goes on`() async {
        let fixture = await PollerFixture(clusters: 1)
        fixture.source.hold([0])
        await fixture.running {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: PollerError.cancelled) { try await fixture.poller.pollNow(0) }
                }
                await fixture.source.wait { $0 == [.began(0)] }
                group.cancelAll()
            }
            #expect(fixture.source.inFlight == 1)
        }
    }

    @Test func `callers that still wait when the poller stops are told so`() async {
        let fixture = await PollerFixture(clusters: 1)
        fixture.source.hold([0])
        await withTaskGroup(of: Void.self) { group in
            await fixture.running {
                for _ in 0..<2 {
                    group.addTask {
                        await #expect(throws: PollerError.stopped) { try await fixture.poller.pollNow(0) }
                    }
                }
                await fixture.source.wait { $0 == [.began(0)] }
            }
        }
        await #expect(throws: PollerError.stopped) { try await fixture.poller.pollNow(0) }
    }

    @Test(arguments: [
        (PollerError.unknownCluster("lkc-7"), "unknown_cluster"), (.clusterRemoved("lkc-7"), "cluster_removed"),
        (.stopped, "stopped"), (.cancelled, "cancelled"),
    ])
    func `errors name the cluster and have a bounded reason`(error: PollerError, reason: String) {
        #expect(error.reason == reason)
        switch error {
        case .unknownCluster, .clusterRemoved: #expect(error.description.contains("lkc-7"))
        case .stopped, .cancelled: #expect(!error.description.isEmpty)
        }
    }
}
