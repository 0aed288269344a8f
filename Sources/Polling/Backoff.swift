/// How long a cluster is left alone after failures.
///
/// The wait is `min(cap, interval × 2^n) ± 20 %` with `cap = max(interval, min(backoff_max, 8 × interval))`, where n counts
/// the failures *before* the last one: a single failure is repeated after about one interval, since two of them
/// would already bring a healthy cluster close to being stale (`stale_after`, three intervals).
///
/// | interval | maximum | cap | 1 failure | 2 | 3 | 4 | 5 and more |
/// |---|---|---|---|---|---|---|---|
/// | 60 s | 5 min | 300 s | 60 s | 120 s | 240 s | 300 s | 300 s |
/// | 10 s | 5 min | 80 s | 10 s | 20 s | 40 s | 80 s | 80 s |
/// | 1 s | 5 min | 8 s | 1 s | 2 s | 4 s | 8 s | 8 s |
/// | 60 s | 90 s | 90 s | 60 s | 90 s | 90 s | 90 s | 90 s |
/// | 10 min | 5 min | 600 s | 600 s | 600 s | 600 s | 600 s | 600 s |
///
/// The jitter is laid on after the cap, so that a fleet that fails together does not return together; the longest
/// wait is therefore 1.2 × cap.
///
/// A `Retry-After` is a floor and never makes a wait shorter: the wait is `max(computed, min(retryAfter, cap))`. It is capped
/// because an upstream, or a proxy in front of it, that says "tomorrow" must not blind us for longer than a dead one.
package struct Backoff: Sendable, Equatable {
    /// The longest wait before jitter.
    package let cap: Duration

    private let interval: Duration

    /// The backoff of a cluster polled every `interval`, `maximum` being the configured `backoff_max`.
    package init(interval: Duration, maximum: Duration) {
        self.interval = max(interval, Cadence.shortestInterval)
        cap = max(self.interval, min(maximum, self.interval * 8))
    }

    /// The wait that begins where a failed poll ended.
    ///
    /// - Parameters:
    ///   - failures: consecutive failures, the last one included; fewer than one count as one.
    ///   - hint: what the last failure said.
    ///   - jitter: drawn from -1 to 1; 0 gives the values of the table.
    /// - Returns: at least 0.8 intervals, at most 1.2 times the cap.
    package func delay(afterFailures failures: Int, hint: FailureHint, jitter: Double) -> Duration {
        // The cap is at most eight intervals, so doubling more than three times changes nothing.
        let doublings = min(max(failures - 1, 0), 3)
        let plain = hint.straightToCap ? cap : min(cap, interval * (1 << doublings))
        let computed = plain + plain * (0.2 * min(max(jitter, -1), 1))
        return max(computed, min(hint.retryAfter ?? .zero, cap))
    }
}
