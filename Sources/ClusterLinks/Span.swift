/// A half-open span of time, `[from, to)`; empty where `to` is not after `from`.
package struct Span: Sendable, Hashable {
    package let from: Instant
    package let to: Instant

    package init(from: Instant, to: Instant) {
        self.from = from
        self.to = to
    }

    package var isEmpty: Bool { to <= from }

    package var length: Duration { isEmpty ? .zero : to - from }

    /// What two spans share; empty where they share nothing.
    package func clipped(to other: Span) -> Span { Span(from: max(from, other.from), to: min(to, other.to)) }
}

extension [Span] {
    /// The spans in order, those that touch or overlap joined, empty ones left out.
    package var joined: [Span] {
        var result: [Span] = []
        for span in filter({ !$0.isEmpty }).sorted(by: { $0.from < $1.from }) {
            if let last = result.last, span.from <= last.to {
                result[result.count - 1] = Span(from: last.from, to: Swift.max(last.to, span.to))
            } else {
                result.append(span)
            }
        }
        return result
    }

    /// How much of `window` the spans cover together.
    package func coverage(of window: Span) -> Duration {
        map { $0.clipped(to: window) }.joined.reduce(.zero) { $0 + $1.length }
    }
}
