package import ClusterLinks

/// A span of time in which alerts of certain labels are recorded as ever but nobody is told of them.
package struct Silence: Sendable, Hashable {
    /// Where a moment lies in its span, in Alertmanager's words.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case pending, active, expired
    }

    package let id: String
    /// All of them must match.
    package let matchers: [Matcher]
    package let startsAt: Instant
    package let endsAt: Instant
    package let createdBy: String
    package let comment: String

    /// Takes what someone asks for, and refuses what Alertmanager refuses, a silence without a reason besides.
    ///
    /// - Parameters:
    ///   - startsAt: nil for now. A start that is past is now, as in Alertmanager: what was told is not untold.
    ///   - endsAt: nil is refused; it is an argument so that the refusal is said in one place.
    package init(
        id: String,
        matchers: [Matcher],
        startsAt: Instant?,
        endsAt: Instant?,
        createdBy: String,
        comment: String,
        now: Instant
    ) throws(SuppressionFault) {
        guard let endsAt else { throw .noEnd }
        guard endsAt > now else { throw .endsInThePast(endsAt: endsAt, now: now) }
        let startsAt = max(startsAt ?? now, now)
        guard endsAt > startsAt else { throw .endsBeforeItStarts(startsAt: startsAt, endsAt: endsAt) }
        guard !matchers.isEmpty else { throw .noMatcher }
        guard matchers.count <= Self.mostMatchers else { throw .tooManyMatchers(matchers.count) }
        guard !matchers.allSatisfy(\.isContentWithNothing) else { throw .matchesEverything }
        try SuppressionFault.check(createdBy, "created_by", orElse: .noAuthor)
        try SuppressionFault.check(comment, "comment", orElse: .noComment)
        self.init(
            stored: id,
            matchers: matchers,
            startsAt: startsAt,
            endsAt: endsAt,
            createdBy: createdBy,
            comment: comment
        )
    }

    /// Takes back what was accepted once, however long ago.
    package init(
        stored id: String,
        matchers: [Matcher],
        startsAt: Instant,
        endsAt: Instant,
        createdBy: String,
        comment: String
    ) {
        self.id = id
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.createdBy = createdBy
        self.comment = comment
    }

    /// The same silence ended now, which is what deleting it means: it stays to be read.
    package func ended(at now: Instant) -> Silence {
        Silence(
            stored: id,
            matchers: matchers,
            startsAt: min(startsAt, now),
            endsAt: min(endsAt, now),
            createdBy: createdBy,
            comment: comment
        )
    }

    /// At its end it is over: spans are half-open (truth rule 11).
    package func isActive(at instant: Instant) -> Bool { startsAt <= instant && instant < endsAt }

    package func state(at instant: Instant) -> State {
        isActive(at: instant) ? .active : instant < startsAt ? .pending : .expired
    }

    /// Whether it is about an alert of these labels, be it active or not.
    package func mutes(_ labels: LabelSet) -> Bool { matchers.allSatisfy { $0.matches(labels) } }

    package static let mostMatchers = 64
}
