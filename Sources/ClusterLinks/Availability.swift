/// How long a link was in each health within a window (truth rule 15).
package struct Availability: Sendable, Hashable {
    /// The window, clipped to the link's life.
    package let window: Span
    package let time: [Health: Duration]
    /// Unbroken spans of health `error`; neither ignorance nor another code breaks one.
    package let episodes: Int
    /// The mean length of the episodes that ended; nil where none did.
    package let meanTimeToRepair: Duration?
    /// Time in `ok` and `degraded` for each episode; nil where there is none.
    package let meanTimeBetweenFailures: Duration?
    package let longest: Duration?

    /// - Parameters:
    ///   - spans: the link's life in spans of one last known health, in order and without holes; the last reaches to the
    ///     end of the window, or to the deletion where that comes before it.
    ///   - known: when the cluster's links were known.
    ///   - asked: the window that was asked for.
    package init(of spans: [(span: Span, health: Health)], known: [Span], window asked: Span) {
        let life = Span(from: spans.first?.span.from ?? asked.to, to: spans.last?.span.to ?? asked.to)
        let window = asked.clipped(to: life)
        var time: [Health: Duration] = [:]
        for (span, health) in spans {
            let clipped = span.clipped(to: window)
            let seen = known.coverage(of: clipped)
            time[health, default: .zero] += seen
            time[.unknown, default: .zero] += clipped.length - seen
        }
        let failures = spans.filter { $0.health == .error }.map { $0.span }.joined.filter {
            !$0.clipped(to: window).isEmpty
        }
        let lengths = failures.map { $0.clipped(to: window).length }
        // Not the clipped window: a deletion ends an episode (truth rule 14) at the very end of the link's life.
        let ended = zip(failures, lengths).filter { $0.0.to < asked.to }.map(\.1)
        self.window = window
        self.time = time
        episodes = failures.count
        longest = lengths.max()
        meanTimeToRepair = ended.isEmpty ? nil : ended.reduce(.zero, +) / ended.count
        let good = (time[.ok] ?? .zero) + (time[.degraded] ?? .zero)
        meanTimeBetweenFailures = failures.isEmpty ? nil : good / failures.count
    }

    /// The part of the window in which anything was known; nil in an empty window.
    package var coverage: Double? { window.isEmpty ? nil : known / window.length }

    /// The part of the known time in which the link worked; nil where nothing was known.
    package var availability: Double? {
        known == .zero ? nil : ((time[.ok] ?? .zero) + (time[.degraded] ?? .zero)) / known
    }

    /// The part of the window spent in one health; nil in an empty window.
    package func share(of health: Health) -> Double? {
        window.isEmpty ? nil : (time[health] ?? .zero) / window.length
    }

    private var known: Duration {
        (time[.ok] ?? .zero) + (time[.degraded] ?? .zero) + (time[.error] ?? .zero)
    }
}
