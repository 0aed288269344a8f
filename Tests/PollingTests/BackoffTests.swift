import Polling
import Testing

struct BackoffTests {
    struct Row: Sendable {
        let interval: Duration
        let maximum: Duration
        let cap: Duration
        let waits: [Duration]
    }

    /// The table of the doc comment.
    @Test(arguments: [
        Row(interval: .s(60), maximum: .s(300), cap: .s(300), waits: [.s(60), .s(120), .s(240), .s(300), .s(300)]),
        Row(interval: .s(10), maximum: .s(300), cap: .s(80), waits: [.s(10), .s(20), .s(40), .s(80), .s(80)]),
        Row(interval: .s(1), maximum: .s(300), cap: .s(8), waits: [.s(1), .s(2), .s(4), .s(8), .s(8)]),
        Row(interval: .s(60), maximum: .s(90), cap: .s(90), waits: [.s(60), .s(90), .s(90), .s(90), .s(90)]),
        Row(interval: .s(600), maximum: .s(300), cap: .s(600), waits: [.s(600), .s(600), .s(600), .s(600), .s(600)]),
    ])
    func `waits double up to the cap`(row: Row) {
        let backoff = Backoff(interval: row.interval, maximum: row.maximum)
        #expect(backoff.cap == row.cap)
        let waits = (1...5).map { backoff.delay(afterFailures: $0, hint: FailureHint(), jitter: 0) }
        #expect(waits == row.waits)
        #expect(backoff.delay(afterFailures: .max, hint: FailureHint(), jitter: 0) == row.cap)
    }

    @Test(arguments: [
        (-1.0, Duration.s(240)), (-0.5, .s(270)), (0, .s(300)), (1, .s(360)), (7, .s(360)), (-7, .s(240)),
    ])
    func `jitter is a fifth at most and comes after the cap`(jitter: Double, expected: Duration) {
        let wait = Backoff(interval: .s(60), maximum: .s(300))
            .delay(afterFailures: 9, hint: FailureHint(), jitter: jitter)
        #expect(abs((wait - expected).attoseconds) < 1_000_000_000_000)
    }

    @Test func `refused credentials go straight to the cap`() {
        let backoff = Backoff(interval: .s(60), maximum: .s(300))
        #expect(backoff.delay(afterFailures: 1, hint: FailureHint(straightToCap: true), jitter: 0) == .s(300))
    }

    @Test(arguments: [
        (Duration.s(5), Duration.s(60)), (.s(60), .s(60)), (.s(90), .s(90)), (.s(300), .s(300)), (.s(86_400), .s(300)),
        (.s(-3), .s(60)),
    ])
    func `retry-after is a floor up to the cap`(retryAfter: Duration, expected: Duration) {
        let backoff = Backoff(interval: .s(60), maximum: .s(300))
        #expect(backoff.delay(afterFailures: 1, hint: FailureHint(retryAfter: retryAfter), jitter: 0) == expected)
    }

    @Test func `a short wait by jitter does not undercut retry-after`() {
        let backoff = Backoff(interval: .s(60), maximum: .s(300))
        #expect(backoff.delay(afterFailures: 1, hint: FailureHint(retryAfter: .s(59)), jitter: -1) == .s(59))
    }

    @Test func `an interval of zero still waits`() {
        let backoff = Backoff(interval: .zero, maximum: .zero)
        #expect(backoff.delay(afterFailures: 1, hint: FailureHint(), jitter: -1) > .zero)
    }
}
