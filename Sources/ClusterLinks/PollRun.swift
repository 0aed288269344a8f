/// A run of polls with one outcome: the observation ledger keeps spans, not polls (truth rule 13).
package struct PollRun: Sendable, Hashable {
    package let outcome: PollOutcome
    /// When the first poll of the run ended.
    package let firstAt: Instant
    package private(set) var lastAt: Instant
    package private(set) var count: Int
    package private(set) var totalDuration: Duration
    /// The `stale_after` in force; another one begins another run.
    package let staleAfter: Duration
    /// The count of the cluster's successful polls before this run.
    package let successesBefore: Int

    /// Begins a run with its first poll, or takes up a stored one.
    package init(
        outcome: PollOutcome,
        firstAt: Instant,
        lastAt: Instant? = nil,
        count: Int = 1,
        totalDuration: Duration,
        staleAfter: Duration,
        successesBefore: Int
    ) {
        self.outcome = outcome
        self.firstAt = firstAt
        self.lastAt = lastAt ?? firstAt
        self.count = count
        self.totalDuration = totalDuration
        self.staleAfter = staleAfter
        self.successesBefore = successesBefore
    }

    /// The count of the cluster's successful polls after this run.
    package var successes: Int { outcome.isSuccess ? successesBefore + count : successesBefore }

    /// The run with one more poll; nil where that poll begins another: its outcome differs, the gap is longer than
    /// `stale_after`, or the configuration has changed that.
    package func extended(
        by outcome: PollOutcome,
        at instant: Instant,
        duration: Duration,
        staleAfter: Duration
    ) -> PollRun? {
        guard outcome == self.outcome, staleAfter == self.staleAfter, instant - lastAt <= staleAfter else { return nil }
        var run = self
        run.lastAt = instant
        run.count += 1
        run.totalDuration += duration
        return run
    }
}
