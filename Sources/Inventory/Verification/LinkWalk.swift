import ClusterLinks
import GRDB

/// The rows of all links side by side, in the order of the links' keys and of time.
struct LinkWalk {
    private(set) var contents: StoredContents
    private(set) var versionCount = 0
    private(set) var episodeCount = 0
    private(set) var messageCount = 0
    private(set) var brokenOffCount = 0
    private let db: Database
    private let kept: KeptTime
    private var links: RowStream<LinkEntry>
    private var versions: RowStream<VersionEntry>
    private var changes: RowStream<ChangeEntry>
    private var episodes: RowStream<EpisodeEntry>
    private var messages: RowStream<(link: Int64, at: Int64)>

    init(_ db: Database, contents: StoredContents, kept: KeptTime) throws {
        (self.db, self.contents, self.kept) = (db, contents, kept)
        links = try .links(db)
        versions = try .versions(db)
        changes = try .changes(db)
        episodes = try .episodes(db)
        messages = try .messages(db)
    }

    /// Looks at the next link; false where there is none.
    mutating func verifyNext(_ findings: inout FindingLedger) throws -> Bool {
        guard let link = try links.next(where: { _ in true }) else { return false }
        // What belongs to a link that is not there was found by SQLite.
        while let head = versions.head, head.link < link.key { try versions.advance() }
        while let head = changes.head, head.link < link.key { try changes.advance() }
        while let head = episodes.head, head.link < link.key { try episodes.advance() }
        while let head = messages.head, head.link < link.key { try messages.advance() }
        var check = VersionCheck(of: link, kept: kept) { [db] after, document, withTasks in
            try Verification.isCompletion(db, of: after, by: document, withTasks: withTasks)
        }
        var shown = ShownEpisodes(kept: kept)
        while let version = try versions.next(where: { $0.link == link.key }) {
            versionCount += 1
            try takeChanges(of: link, before: version.validFrom, check, &findings)
            let change = try takeChange { $0.link == link.key && $0.at == version.validFrom }
            try check.take(version, change, &findings)
            if let document = version.document { contents.refer(to: document) }
            let trouble = version.document.flatMap { contents.trouble(of: $0) }
            let storedEnd = shown.open.flatMap { stored($0, of: link)?.endedAt }
            if let ended = shown.take(trouble, from: version.validFrom, storedEnd: storedEnd) {
                if ended.endedAt != version.validFrom { brokenOffCount += 1 }
                try match(ended, of: link, &findings)
            }
        }
        try takeChanges(of: link, before: .max, check, &findings)
        check.finish(&findings)
        if let open = shown.open { try match(open, of: link, &findings) }
        try takeEpisodes(of: link, &findings) { _ in true }
        try takeMessages(outsideOf: link, before: .max, &findings)
        return true
    }

    private mutating func takeChange(where passes: (ChangeEntry) -> Bool) throws -> ChangeEntry? {
        guard let change = try changes.next(where: passes) else { return nil }
        for document in [change.before, change.after] { document.map { contents.refer(to: $0) } }
        return change
    }

    private mutating func takeChanges(
        of link: LinkEntry,
        before instant: Int64,
        _ check: VersionCheck,
        _ findings: inout FindingLedger
    ) throws {
        while let change = try takeChange(where: { $0.link == link.key && $0.at < instant }) {
            check.take(changeWithoutVersion: change, &findings)
        }
    }

    /// Compares an episode that the versions show to the one that is stored.
    private mutating func match(
        _ shown: ShownEpisodes.Episode,
        of link: LinkEntry,
        _ findings: inout FindingLedger
    ) throws {
        let check = EpisodeCheck(subject: link.subject, kept: kept)
        try takeEpisodes(of: link, &findings) { EpisodeCheck.place(of: $0, beside: shown) == .before }
        guard let stored = stored(shown, of: link) else { return check.take(missing: shown, &findings) }
        try episodes.advance()
        check.compare(shown, to: stored, &findings)
        try takeMessages(of: stored, of: link, &findings)
    }

    /// The next stored episode, where it is the one that the versions show.
    private func stored(_ shown: ShownEpisodes.Episode, of link: LinkEntry) -> EpisodeEntry? {
        guard let stored = episodes.head, stored.link == link.key,
            EpisodeCheck.place(of: stored, beside: shown) == .same
        else { return nil }
        return stored
    }

    /// Takes the episodes that no version shows, as long as they pass.
    private mutating func takeEpisodes(
        of link: LinkEntry,
        _ findings: inout FindingLedger,
        where passes: (EpisodeEntry) -> Bool
    ) throws {
        let check = EpisodeCheck(subject: link.subject, kept: kept)
        while let stored = try episodes.next(where: { $0.link == link.key && passes($0) }) {
            check.take(unfounded: stored, &findings)
            try takeMessages(of: stored, of: link, &findings)
        }
    }

    private mutating func takeMessages(
        of episode: EpisodeEntry,
        of link: LinkEntry,
        _ findings: inout FindingLedger
    ) throws {
        episodeCount += 1
        try takeMessages(outsideOf: link, before: episode.startedAt, &findings)
        let end = episode.endedAt ?? .max
        while try messages.next(where: { $0.link == link.key && $0.at < end }) != nil { messageCount += 1 }
    }

    private mutating func takeMessages(
        outsideOf link: LinkEntry,
        before instant: Int64,
        _ findings: inout FindingLedger
    ) throws {
        while let message = try messages.next(where: { $0.link == link.key && $0.at < instant }) {
            messageCount += 1
            guard !kept.mayLack(message.at) else { continue }
            findings.add(
                .message,
                of: link.subject,
                at: message.at,
                "the message of \(message.at.instantText) lies in no episode"
            )
        }
    }
}
