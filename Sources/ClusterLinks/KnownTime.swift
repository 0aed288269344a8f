/// When a cluster's links were known: from each success until `stale_after` past it (truth rules 10 and 11).
package enum KnownTime {
    /// - Parameters:
    ///   - runs: the cluster's poll runs in any order; failures add nothing.
    ///   - configured: the spans in which the cluster was configured; nil for always (truth rule 16).
    package static func spans(of runs: [PollRun], configured: [Span]? = nil) -> [Span] {
        let known = runs.filter(\.outcome.isSuccess)
            .map { Span(from: $0.firstAt, to: $0.lastAt.advanced(by: $0.staleAfter)) }
            .joined
        guard let configured else { return known }
        return known.flatMap { span in configured.map { span.clipped(to: $0) } }.joined
    }

    /// How much of a span nobody knew anything: an episode's `blind_seconds`.
    package static func blind(in span: Span, known: [Span]) -> Duration { span.length - known.coverage(of: span) }
}
