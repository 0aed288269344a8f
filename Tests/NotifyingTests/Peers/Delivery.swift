import CurlHTTP
import Notifying

/// Deliverers over a client of the test's, on a clock that stands still.
struct Delivery: Sendable {
    let client: CurlClient
    let outbox = TestOutbox()
    let clock = ManualClock()
    let tally = DeliveryTally()
    let log = LogRecorder()

    func deliverer(to receivers: [Receiver], policy: DeliveryPolicy = .test) -> Deliverer {
        Deliverer(
            to: receivers,
            from: outbox,
            over: client,
            policy: policy,
            tally: tally,
            clock: clock,
            now: { [clock] in clock.timeOfDay },
            jitter: { 0 },
            logger: log.logger
        )
    }

    /// Delivers during the body.
    func running(
        to receivers: [Receiver],
        policy: DeliveryPolicy = .test,
        _ body: (Deliverer) async throws -> Void
    ) async throws {
        let deliverer = deliverer(to: receivers, policy: policy)
        async let _: Void = deliverer.run()
        try await body(deliverer)
        // Leaving the scope cancels the run and waits for it.
    }
}

extension DeliveryPolicy {
    /// A time-out that no test waits for, and no patience: the clock stands still.
    static var test: DeliveryPolicy {
        var policy = DeliveryPolicy()
        policy.timeout = .seconds(40)
        policy.stopPatience = .zero
        return policy
    }

    func with(_ change: (inout DeliveryPolicy) -> Void) -> DeliveryPolicy {
        var policy = self
        change(&policy)
        return policy
    }
}

/// Lends all that deliveries need but a receiver.
func withDelivery(_ body: (Delivery) async throws -> Void) async throws {
    let client = CurlClient(userAgent: "linkwatch/test", maximumConnections: 8)
    do {
        try await body(Delivery(client: client))
    } catch {
        await client.shutdown()
        throw error
    }
    await client.shutdown()
}
