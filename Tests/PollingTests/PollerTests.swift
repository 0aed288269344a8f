import Polling
import Testing

@Suite(.timeLimit(.minutes(5)))
struct PollerTests {
    @Test func `every cluster is polled again and again within the bound`() async {
        let fixture = await PollerFixture(clusters: 60, concurrency: 5, plan: PollPlan(tasksInterval: .s(60)))
        let source = fixture.source
        for id in 0..<60 { source.setLinks(["a", "b", "c"], of: id) }
        await fixture.runningFreely {
            await source.wait { events in (0..<60).allSatisfy { id in events.count { $0 == .ended(id) } >= 4 } }
        }
        #expect(source.mostInFlight <= 5)
        #expect(source.overlaps == 0)
        #expect(source.inFlight == 0)
    }

    @Test func `as many polls run at once as there are slots`() async {
        let fixture = await PollerFixture(clusters: 9, concurrency: 4)
        fixture.source.hold(0..<9)
        await fixture.running {
            fixture.clock.advance(by: .s(5))
            await fixture.source.wait { $0.count >= 4 }
            #expect(await fixture.poller.pollsInFlight == 4)
            for id in 0..<9 { fixture.source.release(id) }
            await fixture.source.wait { events in events.count >= 18 }
        }
        #expect(fixture.source.mostInFlight == 4)
    }

    @Test func `clusters that never answer delay nobody`() async {
        let fixture = await PollerFixture(clusters: 12, concurrency: 4)
        fixture.source.hold([3, 7])
        await fixture.runningFreely {
            await fixture.source.wait { events in
                (0..<12).allSatisfy { id in [3, 7].contains(id) || events.count { $0 == .ended(id) } >= 10 }
            }
            #expect(await fixture.poller.status(of: 3)?.inFlight == true)
        }
        #expect(fixture.source.began(3) == 1)
        #expect(fixture.source.began(7) == 1)
    }

    @Test func `tasks of new links are read after a list and all tasks every round`() async {
        let plan = PollPlan(tasksInterval: .s(600))
        let fixture = await PollerFixture(clusters: 1, plan: plan)
        fixture.source.setLinks(["orders", "payments"], of: 0)
        await fixture.runningFreely {
            await fixture.source.wait { events in
                ["orders", "payments"].allSatisfy { link in events.count { $0 == .tasksRead(link, 0) } >= 3 }
            }
        }
        let events = fixture.source.events
        #expect(events.prefix(3) == [.began(0), .ended(0), .tasksRead("orders", 0)])
        // Three readings of each link take two rounds of ten minutes, thus about twenty lists.
        #expect((10...21).contains(fixture.source.began(0)))
    }

    @Test func `a failing cluster is asked less and less`() async {
        let fixture = await PollerFixture(clusters: 2)
        fixture.source.fail([1])
        await fixture.runningFreely {
            await fixture.source.wait { $0.count { $0 == .ended(0) } >= 40 }
            let status = await fixture.poller.status(of: 1)
            #expect(status?.consecutiveFailures ?? 0 > 4)
            #expect(status?.backoff ?? .zero >= .s(240))
        }
        // Forty minutes: 1, 2 and 4 of waiting, then about 5 each.
        #expect((6...13).contains(fixture.source.began(1)))
    }

    @Test func `a cluster added while all others wait is polled within five seconds`() async {
        let fixture = await PollerFixture(clusters: 1, plan: PollPlan(interval: .s(3_600), tasks: false))
        await fixture.running {
            fixture.clock.advance(by: .s(5))
            await fixture.source.wait { $0.contains(.ended(0)) }
            await fixture.poller.update(targets: [PollTarget(id: 0), PollTarget(id: 1)])
            fixture.clock.advance(by: .s(5))
            await fixture.source.wait { $0.contains(.ended(1)) }
        }
    }

    @Test func `cancelling ends the run with all that is in flight`() async {
        let fixture = await PollerFixture(clusters: 4)
        fixture.source.hold(0..<4)
        await fixture.running {
            fixture.clock.advance(by: .s(5))
            await fixture.source.wait { $0.count == 4 }
            #expect(fixture.source.inFlight == 4)
        }
        #expect(fixture.source.inFlight == 0)
        #expect(await fixture.poller.pollsInFlight == 0)
    }

    @Test func `a run that is cancelled before it begins asks nothing`() async {
        let fixture = await PollerFixture(clusters: 4)
        fixture.clock.advance(by: .s(5))
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { await fixture.poller.run() }
        }
        #expect(fixture.source.inFlight == 0)
        #expect(await fixture.poller.pollsInFlight == 0)
    }

    @Test func `the status tells how long until the next poll`() async {
        let fixture = await PollerFixture(clusters: 1)
        let first = SpreadPhase(of: 0).offset(within: .s(5))
        #expect(await fixture.poller.status(of: 0)?.nextPollIn == first)
        #expect(await fixture.poller.status(of: 1) == nil)
        fixture.source.hold([0])
        await fixture.running {
            fixture.clock.advance(by: .s(5))
            await fixture.source.wait { $0 == [.began(0)] }
            #expect(await fixture.poller.status(of: 0)?.nextPollIn == nil)
            fixture.source.release(0)
            await fixture.eventually { $0.pollsInFlight == 0 }
            let next = Cadence(every: .s(60), at: SpreadPhase(of: 0)).slot(after: .s(35))
            #expect(await fixture.poller.statuses[0]?.nextPollIn == next - .s(5))
        }
    }

    @Test func `a real clock drives it as well`() async {
        let source = FakeSource()
        let poller = Poller(source: source)
        await poller.update(targets: [PollTarget(id: 0, plan: PollPlan(interval: .ms(10), tasks: false))])
        async let _: Void = poller.run()
        await source.wait { $0.count { $0 == .ended(0) } >= 5 }
    }

    @Test func `a schedule that nobody looks at is late, and one with every slot taken is not`() async {
        let fixture = await PollerFixture(clusters: 3, concurrency: 1)
        fixture.source.hold(0..<3)
        fixture.clock.advance(by: .s(60))
        #expect(await fixture.poller.lateness >= .s(55))
        await fixture.running {
            await fixture.source.wait { $0.count >= 1 }
            #expect(await fixture.poller.lateness == .zero)
            for id in 0..<3 { fixture.source.release(id) }
        }
    }
}
