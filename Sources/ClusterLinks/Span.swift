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

    package func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }

    /// The span without what is to come, of which nothing is known yet.
    package func upTo(_ now: Instant) -> Span { Span(from: min(from, now), to: min(to, now)) }

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

    /// How much of `window` the spans cover: they are in order and apart, as `joined` leaves them.
    ///
    /// The first that matters is found by bisection and the walk ends where the window does, so that the parts of a window
    /// cost together what one walk over all the spans costs.
    package func coverage(of window: Span) -> Duration {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].to > window.from { high = middle } else { low = middle + 1 }
        }
        var covered = Duration.zero
        while low < endIndex, self[low].from < window.to {
            covered += self[low].clipped(to: window).length
            low += 1
        }
        return covered
    }

    /// What two lists of spans share; both are in order and apart, and so is what they share.
    package func clipped(to others: [Span]) -> [Span] {
        var shared: [Span] = []
        var (mine, theirs) = (startIndex, others.startIndex)
        while mine < endIndex, theirs < others.endIndex {
            let both = self[mine].clipped(to: others[theirs])
            if !both.isEmpty { shared.append(both) }
            if self[mine].to < others[theirs].to { mine += 1 } else { theirs += 1 }
        }
        return shared
    }
}
