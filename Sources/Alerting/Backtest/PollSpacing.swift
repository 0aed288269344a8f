package import ClusterLinks

/// When the polls of a stored run were: the first and the last are known, the others are spaced evenly between them.
///
/// A poll that brought something is known too, by what it brought. It takes the place of the one nearest to it, and those
/// that follow are spaced from there: where polls were evenly spaced, every instant and every number is the true one.
package struct PollSpacing: Sendable, Hashable {
    package let run: PollRun
    /// A poll whose instant is known, and from which those after it are spaced.
    private var known: Place
    /// The next poll, from 0 on.
    private var index = 0

    private struct Place: Hashable {
        let index: Int
        let at: Instant
    }

    package init(_ run: PollRun) {
        self.run = run
        known = Place(index: 0, at: run.firstAt)
    }

    /// When the next poll was; nil after the last.
    package var next: Instant? { index < run.count ? instant(of: index) : nil }

    package var isNextFirst: Bool { index == 0 }

    /// Whether the next poll is one whose instant is stored, or that no other can be taken for.
    package var isNextCertain: Bool { index == 0 || index >= run.count - 1 }

    /// How far from its place a poll may have been: half of the distance to the next.
    package var tolerance: Duration {
        let gaps = run.count - 1 - known.index
        return gaps > 0 ? (run.lastAt - known.at) / (2 * gaps) : .zero
    }

    /// Takes the next poll; the count of the cluster's successful polls with it.
    package mutating func takeNext() -> Int {
        defer { index += 1 }
        return number(of: index)
    }

    /// Takes a poll that is known to have been at an instant, and passes over those before it; the count of the cluster's
    /// successful polls with it.
    package mutating func take(at instant: Instant) -> Int {
        let last = run.count - 1
        let latest = instant < run.lastAt ? last - 1 : last
        let place = max(index, min(nearest(to: instant), latest))
        known = Place(index: min(place, last), at: instant)
        index = place + 1
        return number(of: min(place, last))
    }

    /// Passes over the polls before an instant.
    package mutating func pass(before instant: Instant) {
        let taken = max(index, known.index)
        index = max(index, min(nearest(to: instant), run.count))
        while index > taken, self.instant(of: index - 1) >= instant { index -= 1 }
        while let next, next < instant { index += 1 }
    }

    private func number(of index: Int) -> Int {
        run.outcome.isSuccess ? run.successesBefore + index + 1 : run.successesBefore
    }

    private func instant(of index: Int) -> Instant {
        let gaps = run.count - 1 - known.index
        guard gaps > 0 else { return known.at }
        let way = Self.share(of: run.lastAt.milliseconds - known.at.milliseconds, index - known.index, gaps)
        return Instant(milliseconds: known.at.milliseconds + way)
    }

    private func nearest(to instant: Instant) -> Int {
        let length = run.lastAt.milliseconds - known.at.milliseconds
        let gaps = run.count - 1 - known.index
        let way = instant.milliseconds - known.at.milliseconds
        guard length > 0, gaps > 0, way > 0 else { return known.index }
        return known.index + Int(Self.share(of: Int64(gaps), Int(way), Int(length)))
    }

    /// `whole * part / parts`, rounded; a year of polls ten times a second is more than 64 bits hold on the way.
    private static func share(of whole: Int64, _ part: Int, _ parts: Int) -> Int64 {
        Int64((Int128(whole) * Int128(part) * 2 + Int128(parts)) / (Int128(parts) * 2))
    }
}
