import Polling
import Testing

struct ClusterScheduleTests {
    private let id = "lkc-3w6270"

    private func polled(_ plan: PollPlan = PollPlan(), at start: Duration, for length: Duration = .ms(50))
        -> ClusterSchedule
    {
        var schedule = ClusterSchedule(plan: plan, of: id, at: .zero)
        schedule.pollStarted(at: start)
        schedule.pollFinished(.success, at: start + length, jitter: 0)
        return schedule
    }

    private func slot(_ number: Int, of interval: Duration = .s(60)) -> Duration {
        SpreadPhase(of: id).offset(within: interval) + interval * number
    }

    @Test(arguments: [Duration.s(60), .s(3600), .s(2)])
    func `the first poll comes within five seconds or an interval`(interval: Duration) {
        for number in 0..<500 {
            let schedule = ClusterSchedule(plan: PollPlan(interval: interval), of: "lkc-\(number)", at: .s(100))
            #expect(schedule.nextPoll >= .s(100))
            #expect(schedule.nextPoll < .s(100) + min(interval, .s(5)))
        }
    }

    @Test func `after the first poll the cadence of the id is kept`() {
        #expect(polled(at: .s(2)).nextPoll == slot(0))
        #expect(polled(at: .s(5)).nextPoll == slot(1))
    }

    @Test func `late starts do not shift the cadence`() {
        var schedule = polled(at: slot(0))
        for number in 1...1_000 {
            #expect(schedule.nextPoll == slot(number))
            schedule.pollStarted(at: schedule.nextPoll + .ms(number % 900))
            schedule.pollFinished(.success, at: schedule.nextPoll + .s(3), jitter: 0)
        }
    }

    @Test(arguments: [(Duration.s(59), 1), (.s(61), 2), (.s(600), 11)])
    func `a poll longer than the interval is followed by the next slot, not by a burst`(length: Duration, next: Int) {
        #expect(polled(at: slot(0), for: length).nextPoll == slot(next))
    }

    @Test func `a poll far off its slot is not repeated at once`() {
        #expect(polled(at: slot(1) - .s(29)).nextPoll == slot(2))
        #expect(polled(at: slot(1) - .s(31)).nextPoll == slot(1))
    }

    @Test func `failures back off and a success returns to the cadence`() {
        var schedule = polled(at: slot(0))
        var now = slot(1)
        for (count, wait) in [Duration.s(60), .s(120), .s(240), .s(300), .s(300)].enumerated() {
            schedule.pollStarted(at: now)
            schedule.pollFinished(.failure(FailureHint()), at: now + .s(10), jitter: 0)
            #expect(schedule.consecutiveFailures == count + 1)
            #expect(schedule.backoff == wait)
            #expect(schedule.nextPoll == now + .s(10) + wait)
            now = schedule.nextPoll
        }
        schedule.pollStarted(at: now)
        schedule.pollFinished(.success, at: now, jitter: 0)
        #expect(schedule.consecutiveFailures == 0)
        #expect(schedule.backoff == nil)
        #expect(schedule.nextPoll - now >= .s(30) && schedule.nextPoll - now < .s(90))
        #expect(
            Cadence(every: .s(60), at: SpreadPhase(of: id)).slot(after: schedule.nextPoll - .ms(1)) == schedule.nextPoll
        )
    }

    @Test func `another interval holds from now on`() {
        var schedule = polled(PollPlan(interval: .s(3600)), at: .s(2))
        schedule.adopt(PollPlan(interval: .s(10)), at: .s(100))
        #expect(schedule.nextPoll > .s(100) && schedule.nextPoll <= .s(110))
        schedule.adopt(PollPlan(interval: .s(3600)), at: .s(101))
        #expect(schedule.nextPoll == slot(0, of: .s(3600)))
    }

    @Test func `another time-out moves nothing`() {
        var schedule = polled(at: slot(0))
        schedule.adopt(PollPlan(timeout: .s(3)), at: .s(40))
        #expect(schedule.nextPoll == slot(1))
        #expect(schedule.plan.timeout == .s(3))
    }

    @Test func `a cluster not yet polled stays soon when its plan changes`() {
        var schedule = ClusterSchedule(plan: PollPlan(), of: id, at: .zero)
        let first = schedule.nextPoll
        schedule.adopt(PollPlan(interval: .s(3600)), at: .ms(1))
        #expect(schedule.nextPoll == first)
    }

    @Test func `a wait after failures shrinks to the cap of another plan`() {
        var schedule = polled(PollPlan(interval: .s(3600)), at: .zero)
        schedule.pollFinished(.failure(FailureHint()), at: .s(10), jitter: 0)
        schedule.adopt(PollPlan(interval: .s(10)), at: .s(20))
        #expect(schedule.nextPoll == .s(100))
        #expect(schedule.consecutiveFailures == 1)
    }

    @Test func `a repaired cluster is asked soon`() {
        var schedule = polled(at: .zero)
        schedule.pollFinished(.failure(FailureHint(straightToCap: true)), at: .s(10), jitter: 0)
        #expect(schedule.nextPoll == .s(310))
        schedule.expedite(at: .s(20))
        #expect(schedule.nextPoll < .s(25))
        #expect(schedule.consecutiveFailures == 0)
    }

    @Test func `rounds of tasks have a cadence of their own`() throws {
        var schedule = ClusterSchedule(plan: PollPlan(), of: id, at: .zero)
        let first = try #require(schedule.nextTasksRound)
        #expect(first == SpreadPhase(of: id, salt: 1).offset(within: .s(300)))
        schedule.tasksRoundStarted(at: first + .s(1))
        #expect(schedule.nextTasksRound == first + .s(300))
        schedule.adopt(PollPlan(tasks: false), at: .s(400))
        #expect(schedule.nextTasksRound == nil)
        schedule.adopt(PollPlan(tasks: true, tasksInterval: .s(10)), at: .s(400))
        let again = try #require(schedule.nextTasksRound)
        #expect(again > .s(400) && again <= .s(410))
    }
}
