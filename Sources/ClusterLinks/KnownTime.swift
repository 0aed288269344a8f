/// When a cluster's links were known: from each success until `stale_after` past it (truth rules 10 and 11).
///
/// The latest success alone says how long it holds: where `stale_after` was shortened, an earlier one holds no longer.
package enum KnownTime {
    /// - Parameters:
    ///   - runs: the cluster's poll runs in any order; failures add nothing.
    ///   - configured: the spans in which the cluster was configured; nil for always (truth rule 16).
    package static func spans(of runs: [PollRun], configured: [Span]? = nil) -> [Span] {
        let successes = runs.filter(\.outcome.isSuccess).sorted { $0.firstAt < $1.firstAt }
        let known = successes.enumerated().map { index, run in
            let stale = run.lastAt.advanced(by: run.staleAfter)
            let next = index + 1 < successes.count ? successes[index + 1].firstAt : stale
            return Span(from: run.firstAt, to: Swift.min(stale, next))
        }.joined
        guard let configured else { return known }
        return known.flatMap { span in configured.map { span.clipped(to: $0) } }.joined
    }

    /// How much of a span nobody knew anything: an episode's `blind_seconds`.
    package static func blind(in span: Span, known: [Span]) -> Duration { span.length - known.coverage(of: span) }
}
