import Polling
import Testing

/// The schedule against a model that counts slots one by one and doubles in a loop, in whole milliseconds.
struct ClusterScheduleModelTests {
    private struct Model {
        var interval: Int
        var maximum: Int
        var offset: Duration
        var failures = 0
        var started = 0

        func next(after verdict: PollVerdict, at now: Int) -> Duration {
            switch verdict {
            case .success:
                var slot = offset
                while slot <= .ms(now) || slot < .ms(started) + .ms(interval) / 2 { slot += .ms(interval) }
                // The half interval itself is excluded, as `now` is.
                return slot == .ms(started) + .ms(interval) / 2 ? slot + .ms(interval) : slot
            case .failure(let hint):
                let cap = max(interval, min(maximum, 8 * interval))
                var wait = interval
                for _ in 1..<failures where wait < cap { wait *= 2 }
                wait = hint.straightToCap ? cap : min(wait, cap)
                let asked = min(hint.retryAfter.map { Int($0.components.seconds) * 1000 } ?? 0, cap)
                return .ms(now + max(wait, asked))
            }
        }
    }

    @Test func `thousands of random lives agree with the model`() {
        for seed in 0..<3_000 {
            var random = SeededGenerator(seed: UInt64(seed))
            live(seed, &random)
        }
    }

    private func live(_ seed: Int, _ random: inout SeededGenerator) {
        let interval = Int.random(in: 1...90_000, using: &random)
        let maximum = Int.random(in: 1...600_000, using: &random)
        let plan = PollPlan(interval: .ms(interval), backoffMaximum: .ms(maximum), tasks: false)
        var schedule = ClusterSchedule(plan: plan, of: seed, at: .zero)
        var model = Model(
            interval: interval,
            maximum: maximum,
            offset: SpreadPhase(of: seed).offset(within: .ms(interval))
        )
        var now = 0
        for _ in 0..<20 {
            // On time, late by little, or out of turn as a manual poll is.
            let due = Int(schedule.nextPoll / .ms(1)) + 1
            now = max(
                now,
                Bool.random(using: &random) ? due : Int.random(in: now...max(now, due + interval), using: &random)
            )
            schedule.pollStarted(at: .ms(now))
            model.started = now
            now += Int.random(in: 0...2 * interval, using: &random)
            let verdict = verdict(&random)
            model.failures = verdict == .success ? 0 : model.failures + 1
            schedule.pollFinished(verdict, at: .ms(now), jitter: 0)
            #expect(schedule.nextPoll == model.next(after: verdict, at: now), "seed \(seed)")
            #expect(schedule.consecutiveFailures == model.failures)
        }
    }

    private func verdict(_ random: inout SeededGenerator) -> PollVerdict {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .failure(FailureHint(straightToCap: true))
        case 1: .failure(FailureHint(retryAfter: .s(.random(in: 0...1_000, using: &random))))
        case 2, 3: .failure(FailureHint())
        default: .success
        }
    }
}
