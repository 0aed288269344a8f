package import CurlHTTP
import Locking
package import Logging

/// Delivers what an outbox holds, to each receiver in a task of its own, so that none waits for another.
///
/// Each task holds one message and one answer's beginning at a time, whatever waits and whatever is answered. The receivers are
/// those of a configuration; for others, make another deliverer when `run()` of this one has returned.
package final class Deliverer: Sendable {
    private let lanes: [DeliveryLane]
    private let bell = Bell()

    /// - Parameters:
    ///   - tally: outlives a deliverer, since what is counted goes on.
    ///   - clock: for pauses.
    ///   - now: the time of day, since 1970-01-01T00:00:00Z.
    ///   - jitter: from -1 to 1.
    package init(
        to receivers: [Receiver],
        from outbox: any Outbox,
        over client: CurlClient,
        policy: DeliveryPolicy = DeliveryPolicy(),
        tally: DeliveryTally,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Duration,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: -1...1) },
        logger: Logger
    ) {
        lanes = receivers.map { [bell] receiver in
            tally.expect(receiver.integration)
            return DeliveryLane(
                receiver: receiver,
                outbox: outbox,
                client: client,
                policy: policy,
                bell: bell,
                clock: clock,
                wall: now,
                jitter: jitter,
                tally: tally,
                log: DeliveryLog(logger: logger)
            )
        }
    }

    /// Says that the outbox may hold something new; what was written before is found by it.
    package func ring() { bell.ring() }

    /// Lives until its task is cancelled, and then ends within the policy's patience for what is under way.
    ///
    /// One run at a time: two would deliver everything twice.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for lane in lanes { group.addTask { await lane.run() } }
            // Without receivers, too. Thrown by a cancellation only, which the loop looks at.
            while !Task.isCancelled { try? await bell.wait(after: bell.rings) }
        }
    }
}
