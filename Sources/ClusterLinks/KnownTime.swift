/// When a cluster's links were known: from each success until `stale_after` past it (truth rules 10 and 11).
///
/// The latest success alone says how long it holds: where `stale_after` was shortened, an earlier one holds no longer.
package enum KnownTime {
    /// Successes in a row, as far as they say what was known.
    package struct Sighting: Sendable {
        package let firstAt: Instant
        package let lastAt: Instant
        package let staleAfter: Duration

        package init(firstAt: Instant, lastAt: Instant, staleAfter: Duration) {
            self.firstAt = firstAt
            self.lastAt = lastAt
            self.staleAfter = staleAfter
        }
    }

    /// - Parameters:
    ///   - runs: the cluster's poll runs in any order; failures add nothing.
    ///   - configured: the spans in which the cluster was configured; nil for always (truth rule 16).
    package static func spans(of runs: [PollRun], configured: [Span]? = nil) -> [Span] {
        let successes = runs.filter(\.outcome.isSuccess).sorted { $0.firstAt < $1.firstAt }
        return spans(
            of: successes.map { Sighting(firstAt: $0.firstAt, lastAt: $0.lastAt, staleAfter: $0.staleAfter) },
            configured: configured
        )
    }

    /// - Parameters:
    ///   - sightings: in order of time.
    ///   - configured: the spans in which the cluster was configured; nil for always (truth rule 16).
    /// - Returns: spans in order, and none touching the next.
    package static func spans(of sightings: [Sighting], configured: [Span]? = nil) -> [Span] {
        let known = sightings.enumerated().map { index, sighting in
            let stale = sighting.lastAt.advanced(by: sighting.staleAfter)
            let next = index + 1 < sightings.count ? sightings[index + 1].firstAt : stale
            return Span(from: sighting.firstAt, to: Swift.min(stale, next))
        }.joined
        return configured.map { known.clipped(to: $0.joined) } ?? known
    }

    /// How much of a span nobody knew anything: an episode's `blind_seconds`.
    /// - Parameter known: in order and apart, as `spans` gives them.
    package static func blind(in span: Span, known: [Span]) -> Duration { span.length - known.coverage(of: span) }
}
