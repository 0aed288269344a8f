import Testing

@testable import Notifying

struct DeliveryPolicyTests {
    private let policy = DeliveryPolicy()

    private func message(next: Duration?, attempts: Int = 0) -> OutboxMessage {
        OutboxMessage(
            notificationID: "n",
            receiver: "r",
            body: [],
            createdAt: ManualClock.start,
            attempts: attempts,
            nextAttempt: next
        )
    }

    @Test(arguments: [
        (0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 64), (8, 128), (9, 256), (10, 300), (11, 300),
        (Int.max, 300),
    ])
    func `pauses double up to their cap`(failures: Int, seconds: Int) {
        #expect(policy.pause(afterFailures: failures, jitter: 0) == .seconds(seconds))
    }

    @Test func `jitter is a fifth at most`() {
        #expect(policy.pause(afterFailures: 20, jitter: -7) == .seconds(240))
        #expect(policy.pause(afterFailures: 20, jitter: 7) == .seconds(360))
    }

    @Test(arguments: [(0, 8), (5, 8), (30, 30), (3600, 3600), (86_400, 3600)])
    func `what a receiver asks for is a floor, within bounds`(asked: Int, seconds: Int) {
        #expect(policy.pause(afterFailures: 4, retryAfter: .seconds(asked), jitter: 0) == .seconds(seconds))
    }

    @Test(arguments: [(nil, 0), (-5, 0), (0, 0), (7, 7), (3600, 3600), (3601, 0)])
    func `a message is left alone until its time, but not for a clock that was set back`(offset: Int?, wait: Int) {
        let next = offset.map { ManualClock.start + .seconds($0) }
        #expect(policy.wait(for: message(next: next), at: ManualClock.start) == .seconds(wait))
    }

    @Test func `an attempt that failed counts, and a final one ends the message`() {
        let now = ManualClock.start
        let passing = DeliveryFailure.unavailable(status: 503, saying: "", retryAfter: nil)
        let last = DeliveryFailure.refused(status: 400, saying: "")
        let message = message(next: nil, attempts: 2)
        let again = policy.outcome(of: passing, for: message, at: now, jitter: 0)
        #expect(again == .failed(passing, attempts: 3, nextAttempt: now + .seconds(4)))
        #expect(policy.outcome(of: last, for: message, at: now, jitter: 0) == .dropped(last, at: now))
    }
}
