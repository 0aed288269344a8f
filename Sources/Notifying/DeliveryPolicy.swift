/// How long a delivery may take, and when one that failed is tried again: a pure value.
///
/// The pause after the n-th failure in a row is `min(longest, first × 2^(n-1)) ± 20 %`:
///
/// | failures | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 and more |
/// |---|---|---|---|---|---|---|---|---|---|---|
/// | pause | 1 s | 2 s | 4 s | 8 s | 16 s | 32 s | 64 s | 128 s | 256 s | 300 s |
///
/// The jitter is laid on after the cap, so that what failed together does not return together. A `Retry-After` is a floor and
/// never makes a pause shorter; it is bounded, since a receiver that says "tomorrow" must not be left untold for so long.
package struct DeliveryPolicy: Sendable, Hashable {
    /// From the first look-up of a name to the end of the answer.
    package var timeout: Duration = .seconds(10)
    package var firstPause: Duration = .seconds(1)
    package var longestPause: Duration = .seconds(300)
    /// The longest that a receiver can ask for.
    package var longestRetryAfter: Duration = .seconds(3600)
    /// What could not be delivered for so long is dropped: a message that breaks its receiver would else stand in the way of all
    /// others for ever.
    package var longestAge: Duration = .seconds(7 * 86_400)
    /// How long a stop waits for what is under way; what takes longer is sent again after the next start.
    package var stopPatience: Duration = .seconds(2)

    package init() {}

    /// - Parameters:
    ///   - failures: those in a row, the last one included; fewer than one count as one.
    ///   - retryAfter: what the receiver asked for.
    ///   - jitter: drawn from -1 to 1; 0 gives the values of the table.
    func pause(afterFailures failures: Int, retryAfter: Duration? = nil, jitter: Double) -> Duration {
        // Bounded, for a shift has its end; thirty doublings of a millisecond are twelve days.
        let plain = min(longestPause, firstPause * (1 << min(max(failures - 1, 0), 30)))
        let computed = plain + plain * (0.2 * min(max(jitter, -1), 1))
        return max(computed, min(retryAfter ?? .zero, longestRetryAfter))
    }

    /// How long a message is left alone.
    ///
    /// No pause is longer than the longest, so what looks like one is due: the wall clock was set back, or the policy changed.
    func wait(for message: OutboxMessage, at now: Duration) -> Duration {
        guard let next = message.nextAttempt, expiry(of: message, at: now) == nil else { return .zero }
        let wait = next - now
        return wait > max(longestPause * 1.2, longestRetryAfter) ? .zero : max(wait, .zero)
    }

    /// Why a message is not worth trying, nil for one that is.
    func expiry(of message: OutboxMessage, at now: Duration) -> DeliveryFailure? {
        let age = now - message.createdAt
        return age >= longestAge || message.expiresAt.map { now >= $0 } ?? false ? .expired(after: age) : nil
    }

    /// What follows from a failed attempt.
    func outcome(of failure: DeliveryFailure, for message: OutboxMessage, at now: Duration, jitter: Double)
        -> DeliveryOutcome
    {
        guard !failure.isFinal else { return .dropped(failure, at: now) }
        let attempts = message.attempts + 1
        let pause = pause(afterFailures: attempts, retryAfter: failure.retryAfter, jitter: jitter)
        return .failed(failure, attempts: attempts, nextAttempt: now + pause)
    }
}
