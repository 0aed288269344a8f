/// How long links were in each health within a window (truth rule 15): one link, or several added up.
///
/// Time in which a link was not listed is outside of the window: before its first observation, after its deletion, and
/// between a deletion and its return. It counts neither as good nor as unknown.
package struct Availability: Sendable, Hashable {
    /// A span in which a link was listed and its content showed one health.
    package struct Stretch: Sendable, Hashable {
        package let span: Span
        package let health: Health

        package init(_ span: Span, _ health: Health) {
            self.span = span
            self.health = health
        }
    }

    /// From the first to the last instant of what was asked for at which a link was listed; where none was, empty and at
    /// the end of it.
    package private(set) var window: Span
    /// How many links were listed within the window.
    package private(set) var links = 0
    /// Unbroken spans of health `error` of one link; neither ignorance nor another code breaks one, a deletion does.
    package private(set) var episodes = 0
    /// As far as it lies within what was asked for.
    package private(set) var longest: Duration?
    private var ok = Duration.zero
    private var degraded = Duration.zero
    private var error = Duration.zero
    private var unknown = Duration.zero
    private var ended = 0
    private var endedTime = Duration.zero

    /// The figures of no link, to which those of links are added.
    package init(window asked: Span) { window = Span(from: asked.to, to: asked.to) }

    /// The figures of one link.
    /// - Parameters:
    ///   - life: in order of time, with holes where the link was not listed; the last stretch reaches to the end of the
    ///     window where it does not end before.
    ///   - known: when the cluster's links were known; in order and apart.
    ///   - asked: the window that was asked for.
    package init(of life: [Stretch], known: [Span], window asked: Span) {
        self.init(window: asked)
        var failure: Span?
        for stretch in life {
            add(stretch.health, stretch.span.clipped(to: asked), known: known)
            if let open = failure, stretch.health == .error, stretch.span.from == open.to {
                failure = Span(from: open.from, to: stretch.span.to)
            } else {
                if let failure { count(failure, in: asked) }
                failure = stretch.health == .error ? stretch.span : nil
            }
        }
        if let failure { count(failure, in: asked) }
    }

    /// Adds the figures of other links in the same window; none may be among those that are counted already.
    package mutating func add(_ other: Availability) {
        guard other.links > 0 else { return }
        window =
            links == 0
            ? other.window
            : Span(from: min(window.from, other.window.from), to: max(window.to, other.window.to))
        links += other.links
        ok += other.ok
        degraded += other.degraded
        error += other.error
        unknown += other.unknown
        episodes += other.episodes
        ended += other.ended
        endedTime += other.endedTime
        longest = [longest, other.longest].compactMap(\.self).max()
    }

    private mutating func add(_ health: Health, _ span: Span, known: [Span]) {
        guard !span.isEmpty else { return }
        window = Span(from: links == 0 ? span.from : window.from, to: span.to)
        links = 1
        let seen = known.coverage(of: span)
        unknown += span.length - seen
        switch health {
        case .ok: ok += seen
        case .degraded: degraded += seen
        case .error: error += seen
        case .unknown: unknown += seen
        }
    }

    private mutating func count(_ failure: Span, in asked: Span) {
        let span = failure.clipped(to: asked)
        guard !span.isEmpty else { return }
        episodes += 1
        longest = max(longest ?? .zero, span.length)
        // Not the window, which a deletion ends together with the episode (truth rule 14).
        guard failure.to < asked.to else { return }
        ended += 1
        endedTime += span.length
    }
}

extension Availability {
    package func time(in health: Health) -> Duration {
        switch health {
        case .ok: ok
        case .degraded: degraded
        case .error: error
        case .unknown: unknown
        }
    }

    /// The time in which links were listed, summed over them, of which shares and coverage are parts.
    ///
    /// For one link without holes it is the length of the window.
    package var listed: Duration { known + unknown }

    /// The part of the listed time in which anything was known; nil where there is none.
    package var coverage: Double? { listed == .zero ? nil : known / listed }

    /// The part of the known time in which links worked; nil where nothing was known.
    package var availability: Double? { known == .zero ? nil : (ok + degraded) / known }

    /// The part of the listed time spent in one health; nil where there is none.
    package func share(of health: Health) -> Double? { listed == .zero ? nil : time(in: health) / listed }

    /// The mean length of the episodes that ended within the window; nil where none did.
    package var meanTimeToRepair: Duration? { ended == 0 ? nil : endedTime / ended }

    /// Time in `ok` and `degraded` for each episode; nil where there is none.
    package var meanTimeBetweenFailures: Duration? { episodes == 0 ? nil : (ok + degraded) / episodes }

    private var known: Duration { ok + degraded + error }
}
