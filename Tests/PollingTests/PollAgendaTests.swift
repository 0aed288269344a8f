import Testing

@testable import Polling

struct PollAgendaTests {
    private typealias Agenda = PollAgenda<Int, String>

    private let quiet = PollPlan(tasks: false)

    private func actions(_ agenda: inout Agenda, at now: Duration) -> [Agenda.Action] {
        var actions: [Agenda.Action] = []
        while let action = agenda.nextAction(at: now) { actions.append(action) }
        return actions
    }

    private func agenda(concurrency: Int, clusters: Int, plan: PollPlan) -> Agenda {
        var agenda = Agenda(concurrency: concurrency)
        agenda.update((0..<clusters).map { PollTarget(id: $0, plan: plan) }, repaired: [], at: .zero)
        return agenda
    }

    @Test func `polls start in the order they fell due, as slots allow`() {
        var agenda = agenda(concurrency: 2, clusters: 5, plan: quiet)
        let order = (0..<5).sorted {
            SpreadPhase(of: $0).offset(within: .s(5)) < SpreadPhase(of: $1).offset(within: .s(5))
        }
        #expect(actions(&agenda, at: .s(5)) == order.prefix(2).map { .poll($0) })
        agenda.pollFinished(order[0], .success, awaiting: [], at: .s(5), jitter: 0)
        #expect(actions(&agenda, at: .s(5)) == [.poll(order[2])])
    }

    @Test func `a manual poll goes before what is due`() {
        var agenda = agenda(concurrency: 1, clusters: 5, plan: quiet)
        let last = (0..<5).max {
            SpreadPhase(of: $0).offset(within: .s(5)) < SpreadPhase(of: $1).offset(within: .s(5))
        }
        agenda.requestPoll(of: last ?? 0)
        #expect(actions(&agenda, at: .s(5)) == [.poll(last ?? 0)])
    }

    @Test func `a request while a poll runs starts another after it, once`() {
        var agenda = agenda(concurrency: 4, clusters: 1, plan: quiet)
        #expect(actions(&agenda, at: .s(5)) == [.poll(0)])
        agenda.requestPoll(of: 0)
        agenda.requestPoll(of: 0)
        #expect(actions(&agenda, at: .s(6)).isEmpty)
        agenda.pollFinished(0, .failure(FailureHint()), awaiting: [], at: .s(7), jitter: 0)
        #expect(actions(&agenda, at: .s(7)) == [.poll(0)])
        agenda.pollFinished(0, .success, awaiting: [], at: .s(8), jitter: 0)
        #expect(actions(&agenda, at: .s(8)).isEmpty)
    }

    @Test func `a manual poll ignores the backoff and its success ends it`() {
        var agenda = agenda(concurrency: 4, clusters: 1, plan: quiet)
        _ = actions(&agenda, at: .s(5))
        agenda.pollFinished(0, .failure(FailureHint(straightToCap: true)), awaiting: [], at: .s(5), jitter: 0)
        #expect(agenda.nextDue == .s(305))
        agenda.requestPoll(of: 0)
        #expect(actions(&agenda, at: .s(6)) == [.poll(0)])
        agenda.pollFinished(0, .success, awaiting: [], at: .s(6), jitter: 0)
        #expect(agenda.clusters[0]?.schedule.consecutiveFailures == 0)
        #expect(agenda.nextDue ?? .zero < .s(96))
    }

    @Test func `an unknown cluster is not polled`() {
        var agenda = agenda(concurrency: 4, clusters: 1, plan: quiet)
        agenda.requestPoll(of: 7)
        #expect(!agenda.isTarget(7))
        #expect(actions(&agenda, at: .zero).isEmpty)
    }

    @Test func `lists go before readings of tasks, which hold half of the slots`() {
        var driver = AgendaDriver(concurrency: 6, clusters: 3)
        driver.awaiting = { id in (0..<50).map { "link-\(id)-\($0)" } }
        driver.length = { if case .poll = $0 { .ms(10) } else { .s(3) } }
        driver.advance(to: .s(60))
        #expect(driver.inFlight.count == 3)
        for id in 0..<3 { driver.agenda.requestPoll(of: id) }
        driver.advance(to: .s(60) + .ms(1))
        #expect(driver.agenda.pollsInFlight == 3)
    }

    @Test func `tasks of one huge cluster hold no more than its width`() {
        var driver = AgendaDriver(concurrency: 64, clusters: 1)
        driver.links = { _ in (0..<1_000).map { "link-\($0)" } }
        driver.awaiting = { _ in ["new-1", "new-2"] }
        driver.watch = { agenda, _ in #expect(agenda.taskReadsInFlight <= 4) }
        driver.advance(to: .s(400))
        #expect(driver.starts.contains { $0.action == .readTasks("link-999", 0) })
    }

    @Test func `the tasks of a new link are read as soon as it was listed`() throws {
        var driver = AgendaDriver(concurrency: 64, clusters: 1)
        driver.awaiting = { _ in ["orders"] }
        driver.advance(to: .s(10))
        let listed = try #require(driver.polls(of: 0).first) + .ms(100)
        #expect(driver.starts.contains(.init(action: .readTasks("orders", 0), at: listed)))
    }

    @Test func `a cluster that cannot be listed is not asked for tasks`() {
        var driver = AgendaDriver(concurrency: 64, clusters: 1)
        driver.links = { _ in ["orders"] }
        driver.verdict = { _ in .failure(FailureHint()) }
        driver.advance(to: .s(3_600))
        #expect(driver.starts.allSatisfy { $0.action == .poll(0) })
    }

    @Test func `a cluster with tasks switched off is not asked for them`() {
        var driver = AgendaDriver(concurrency: 64, clusters: 1, plan: quiet)
        driver.links = { _ in ["orders"] }
        driver.awaiting = { _ in ["orders"] }
        driver.advance(to: .s(3_600))
        #expect(driver.starts.allSatisfy { $0.action == .poll(0) })
    }

    @Test func `clusters that never answer delay nobody else`() {
        var driver = AgendaDriver(concurrency: 8, clusters: 40)
        let dead: Set = [3, 17, 29]
        driver.length = { [.poll(3), .poll(17), .poll(29)].contains($0) ? nil : .ms(200) }
        driver.links = { _ in ["a", "b"] }
        driver.advance(to: .s(3_600))
        for id in 0..<40 {
            let polls = driver.polls(of: id)
            #expect(dead.contains(id) ? polls.count == 1 : (59...62).contains(polls.count), "cluster \(id)")
            for (earlier, later) in zip(polls.dropFirst(), polls.dropFirst(2)) {
                #expect(later - earlier < .s(62), "cluster \(id)")
            }
        }
    }

    @Test func `after a stall each cluster is polled once and returns to its cadence`() {
        var driver = AgendaDriver(concurrency: 64, clusters: 20, plan: quiet)
        driver.advance(to: .s(200))
        let before = driver.starts.count
        // Nobody looked at the clock for ten minutes.
        driver.now = .s(800)
        driver.advance(to: .s(830))
        for id in 0..<20 { #expect(driver.polls(of: id).filter { $0 >= .s(800) && $0 < .s(830) }.count == 1) }
        #expect(driver.starts.count == before + 20)
        driver.advance(to: .s(1_000))
        for id in 0..<20 {
            #expect(driver.polls(of: id).last == Cadence(every: .s(60), at: SpreadPhase(of: id)).slot(after: .s(940)))
        }
    }

    @Test func `ten thousand clusters are each polled once an interval`() {
        var driver = AgendaDriver(concurrency: 64, clusters: 10_000, plan: quiet)
        driver.length = { _ in .ms(20) }
        driver.advance(to: .s(300))
        var counts = Array(repeating: 0, count: 10_000)
        for case .poll(let id) in driver.starts.map(\.action) { counts[id] += 1 }
        #expect(counts.allSatisfy { 5...6 ~= $0 })
        #expect(driver.agenda.due.count + driver.agenda.pollsInFlight == 10_000)
    }
}
