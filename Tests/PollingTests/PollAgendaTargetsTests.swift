import Testing

@testable import Polling

struct PollAgendaTargetsTests {
    private func targets(_ ids: some Sequence<Int>, _ plan: PollPlan = PollPlan(tasks: false)) -> [PollTarget<Int>] {
        ids.map { PollTarget(id: $0, plan: plan) }
    }

    private func running() -> AgendaDriver {
        var driver = AgendaDriver(concurrency: 8, clusters: 5, plan: PollPlan(tasks: false))
        driver.advance(to: .s(200))
        return driver
    }

    @Test func `unchanged clusters keep their schedule over a reload`() {
        var driver = running()
        let before = driver.agenda.clusters.mapValues(\.schedule)
        driver.agenda.update(targets(0..<5), repaired: [], at: driver.now)
        #expect(driver.agenda.clusters.mapValues(\.schedule) == before)
    }

    @Test func `an added cluster is polled within five seconds`() {
        var driver = running()
        driver.agenda.update(targets(0..<6), repaired: [], at: driver.now)
        driver.advance(to: .s(205))
        #expect(driver.polls(of: 5).count == 1)
    }

    @Test func `a removed cluster is forgotten and polled no more`() {
        var driver = running()
        driver.agenda.update(targets(1..<5), repaired: [], at: driver.now)
        let polls = driver.polls(of: 0).count
        driver.advance(to: .s(1_000))
        #expect(driver.polls(of: 0).count == polls)
        #expect(driver.agenda.clusters[0] == nil)
        #expect(!driver.agenda.isTarget(0))
        #expect(driver.agenda.due.count == 4)
    }

    @Test func `a cluster removed while it is polled keeps its slot until the answer is there`() {
        var driver = running()
        driver.agenda.requestPoll(of: 0)
        driver.length = { _ in .s(30) }
        driver.advance(to: .s(201))
        driver.agenda.update(targets(1..<5), repaired: [], at: driver.now)
        #expect(driver.agenda.clusters[0]?.isTarget == false)
        driver.advance(to: .s(240))
        #expect(driver.agenda.clusters[0] == nil)
    }

    @Test func `a cluster put back while its last poll runs is not polled twice at once`() {
        var driver = running()
        driver.agenda.requestPoll(of: 0)
        driver.length = { _ in .s(30) }
        driver.advance(to: .s(201))
        driver.agenda.update(targets(1..<5), repaired: [], at: driver.now)
        driver.agenda.update(targets(0..<5), repaired: [], at: driver.now)
        driver.advance(to: .s(229))
        #expect(driver.inFlight.filter { $0 == .poll(0) }.count == 1)
        driver.advance(to: .s(231))
        #expect(driver.polls(of: 0).last == .s(230))
    }

    @Test func `another interval is respected from now on`() {
        var driver = running()
        driver.agenda.update(targets(0..<5, PollPlan(interval: .s(10), tasks: false)), repaired: [], at: driver.now)
        driver.advance(to: .s(300))
        for id in 0..<5 { #expect((9...11).contains(driver.polls(of: id).filter { $0 > .s(200) }.count)) }
    }

    @Test func `tasks can be switched on and off`() {
        var driver = running()
        driver.links = { _ in ["a"] }
        driver.agenda.update(targets(0..<5, PollPlan(tasksInterval: .s(30))), repaired: [], at: driver.now)
        driver.advance(to: .s(400))
        #expect(driver.starts.contains { $0.action == .readTasks("a", 0) })
        driver.agenda.update(targets(0..<5), repaired: [], at: driver.now)
        driver.starts = []
        driver.advance(to: .s(800))
        #expect(driver.starts.allSatisfy { if case .poll = $0.action { true } else { false } })
    }

    @Test func `a repaired cluster is asked soon in spite of its backoff`() {
        var driver = running()
        driver.verdict = { _ in .failure(FailureHint(straightToCap: true)) }
        driver.advance(to: .s(300))
        driver.verdict = { _ in .success }
        driver.agenda.update(targets(0..<5), repaired: [2], at: driver.now)
        driver.advance(to: .s(306))
        #expect(driver.polls(of: 2).last ?? .zero > .s(300))
        #expect((0..<5).filter { driver.polls(of: $0).last ?? .zero > .s(300) } == [2])
    }
}
