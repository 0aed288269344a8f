import ClusterLinks

/// A row of `error_episodes`, with the trouble that its texts name.
struct EpisodeEntry {
    let link: Int64
    let startedAt: Int64
    let endedAt: Int64?
    /// Nil where neither or both of code and state are named.
    let trouble: Trouble?
    let firstObservation: Int64
    let endObservation: Int64?
    let lastObservedAt: Int64?
}

/// What the versions of one link show of its episodes: unbroken spans of one trouble (truth rule 14).
struct ShownEpisodes {
    /// One that the versions show.
    struct Episode: Equatable {
        let trouble: Trouble
        let startedAt: Int64
        /// Nil while it lasts.
        var endedAt: Int64?
        /// Whether the version that it began with may be gone, so that it may have begun earlier.
        let isCutOff: Bool
    }

    /// The one that lasts.
    private(set) var open: Episode?
    private var latestVersion: Int64?
    private let kept: KeptTime

    init(kept: KeptTime) { self.kept = kept }

    /// Takes in the trouble of the next version, nil for none and for an absence; gives the episode that ends with it or
    /// has ended before.
    ///
    /// - Parameter storedEnd: when the stored episode ended that is the open one. Within the version before this one is
    ///   where it may have: while the database fails, changes in the middle of others are let go.
    mutating func take(_ trouble: Trouble?, from instant: Int64, storedEnd: Int64?) -> Episode? {
        let isFirst = latestVersion == nil
        let brokenOff = storedEnd.flatMap { end in
            end < instant && end > latestVersion ?? .max ? end : nil
        }
        latestVersion = instant
        guard trouble != open?.trouble || brokenOff != nil else { return nil }
        var ended = open
        ended?.endedAt = brokenOff ?? instant
        open = trouble.map {
            Episode(trouble: $0, startedAt: instant, isCutOff: isFirst && kept.mayBeginWith(instant))
        }
        return ended
    }
}

/// Whether the stored episodes of one link are those that its versions show: fed with both in order of time.
struct EpisodeCheck {
    let subject: FindingSubject
    let kept: KeptTime

    /// Takes in an episode that the versions show, and whether that is stored.
    func compare(_ shown: ShownEpisodes.Episode, to stored: EpisodeEntry, _ findings: inout FindingLedger) {
        let at = stored.startedAt
        if stored.trouble != shown.trouble {
            report(
                at,
                "is about \(Self.text(stored.trouble)) where its versions show \(Self.text(shown.trouble))",
                &findings
            )
        }
        if stored.endedAt != shown.endedAt {
            report(
                at,
                "\(Self.end(stored.endedAt)) where its versions show that it \(Self.end(shown.endedAt))",
                &findings
            )
        }
        contradictions(of: stored, &findings)
    }

    /// Takes in an episode that is stored and that no version shows.
    func take(unfounded stored: EpisodeEntry, _ findings: inout FindingLedger) {
        guard !kept.mayLack(endedAt: stored.endedAt) else { return }
        report(stored.startedAt, "begins where no version of \(Self.text(stored.trouble)) does", &findings)
    }

    /// Takes in an episode that the versions show and that is not stored.
    func take(missing shown: ShownEpisodes.Episode, _ findings: inout FindingLedger) {
        guard !kept.mayLack(endedAt: shown.endedAt) else { return }
        findings.add(
            .episode,
            of: subject,
            at: shown.startedAt,
            "its versions show \(Self.text(shown.trouble)) from \(shown.startedAt.instantText), of which no episode tells"
        )
    }

    private func contradictions(of stored: EpisodeEntry, _ findings: inout FindingLedger) {
        let at = stored.startedAt
        guard let ended = stored.endedAt else {
            if stored.endObservation != nil { report(at, "lasts but has a last observation", &findings) }
            return
        }
        guard let end = stored.endObservation, end > stored.firstObservation else {
            return report(at, "ended without having been observed", &findings)
        }
        if let last = stored.lastObservedAt, last < at || last >= ended {
            report(at, "was last observed at \(last.instantText), outside of its time", &findings)
        }
    }

    private func report(_ at: Int64, _ message: @autoclosure () -> String, _ findings: inout FindingLedger) {
        findings.add(.episode, of: subject, at: at, "the episode from \(at.instantText) \(message())")
    }

    private static func text(_ trouble: Trouble?) -> String {
        switch trouble {
        case .error(let code): code.rawValue
        case .state(let state): state.rawValue
        case nil: "no trouble"
        }
    }

    private static func end(_ instant: Int64?) -> String { instant.map { "ended at \($0.instantText)" } ?? "lasts" }
}
