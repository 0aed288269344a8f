package import ClusterLinks
import GRDB

/// A span in which one link reported the same trouble without a break (truth rule 14).
package struct EpisodeRow: Sendable {
    package struct Message: Sendable, Hashable {
        package let at: Instant
        package let message: String
    }

    package let position: History.Position
    package let link: History.LinkReference
    package let trouble: History.Trouble
    package let startedAt: Instant
    package let endedAt: Instant?
    package let startedBeforeObservation: Bool
    package let observations: Int
    package let lastObservedAt: Instant
    /// In order of time; the last is the latest.
    package let messages: [Message]
    /// How much of the episode, until its end or until now, nobody knew anything.
    package let blind: Duration
    package let length: Duration
}

extension History {
    /// Which link a row of the past is about, by its latest name.
    package struct LinkReference: Sendable, Hashable {
        package let cluster: ClusterID
        package let name: String
        package let clusterLinkID: String?
    }

    /// What an episode is about.
    package struct Trouble: Sendable, Hashable {
        /// Nil where the state alone is the trouble.
        package let linkError: String?
        package let linkState: String?
    }

    /// The error episodes of a link, newest first; those that overlap the page's span.
    /// - Parameter now: until when an episode that goes on has lasted.
    package func episodes(of link: LinkSelection, page: Page, now: Instant) async throws -> [EpisodeRow] {
        try await pool.read { db in
            try EpisodeRow.page(db, of: try link.incarnations(db).map(\.key), page, now: now)
        }
    }

    /// The error episodes of the fleet, newest first; those that overlap the page's span.
    /// - Parameters:
    ///   - now: until when an episode that goes on has lasted.
    ///   - admitsLink: asked once for each link that had an episode.
    ///   - admitsTrouble: asked for each episode of the links that are admitted.
    package func episodes(
        page: Page,
        now: Instant,
        admitsLink: @escaping @Sendable (LinkReference) -> Bool,
        admitsTrouble: @escaping @Sendable (Trouble) -> Bool
    ) async throws -> [EpisodeRow] {
        try await pool.read { db in
            var links: [Int64: Bool] = [:]
            func admits(_ episode: StoredEpisode) -> Bool {
                guard admitsTrouble(episode.trouble) else { return false }
                if let known = links[episode.key] { return known }
                let admitted = admitsLink(episode.link)
                links[episode.key] = admitted
                return admitted
            }
            var episodes: [StoredEpisode] = []
            let begun = try StoredEpisode.begun(db, in: page)
            while episodes.count < page.limit, let episode = try begun.next() {
                if admits(episode) { episodes.append(episode) }
            }
            if episodes.count < page.limit, let from = page.span.from {
                let lasting = try StoredEpisode.lasting(db, at: from, before: page.before).filter(admits)
                episodes += lasting.newestFirst.prefix(page.limit - episodes.count)
            }
            return try EpisodeRow.rows(db, episodes, now: now)
        }
    }
}

/// An episode as its row says, before it is measured with what was known of its cluster.
private struct StoredEpisode {
    let key: Int64
    let clusterKey: Int64
    let link: History.LinkReference
    let trouble: History.Trouble
    let startedAt: Instant
    let endedAt: Instant?
    let startedBeforeObservation: Bool
    let firstObservation: Int
    let endObservation: Int?
    let lastObservedAt: Instant?

    /// - Parameter tables: the episodes and their links, in the order in which SQLite is to read them.
    private static func select(from tables: String) -> String {
        """
        SELECT error_episodes.link_key, links.cluster_key, cluster_id, link_name, cluster_link_id, error.text, state.text,
            started_at, ended_at, before_observation, first_observation, end_observation, last_observed_at
        FROM \(tables) JOIN clusters USING (cluster_key)
            LEFT JOIN texts AS error ON error.text_key = error_key LEFT JOIN texts AS state ON state.text_key = state_key
        """
    }

    private static let columns = select(from: "error_episodes CROSS JOIN links USING (link_key)")

    init(_ row: Row) {
        key = row[0]
        clusterKey = row[1]
        link = History.LinkReference(cluster: ClusterID(row[2]), name: row[3], clusterLinkID: row[4])
        trouble = History.Trouble(linkError: row[5], linkState: row[6])
        startedAt = Instant(milliseconds: row[7])
        endedAt = (row[8] as Int64?).map(Instant.init(milliseconds:))
        startedBeforeObservation = row[9]
        firstObservation = row[10]
        endObservation = row[11]
        lastObservedAt = (row[12] as Int64?).map(Instant.init(milliseconds:))
    }

    /// A page of one incarnation's episodes.
    static func page(_ db: Database, of key: Int64, _ page: History.Page) throws -> [StoredEpisode] {
        let (condition, arguments) = page.condition(
            at: "started_at",
            key: "error_episodes.link_key",
            until: .before("ended_at")
        )
        return try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    \(columns) WHERE error_episodes.link_key = ? AND \(condition)
                    ORDER BY started_at DESC LIMIT \(page.limit)
                    """
            ),
            arguments: [key] + arguments
        ).map(StoredEpisode.init)
    }

    /// Those that began within the page's span, newest first.
    static func begun(_ db: Database, in page: History.Page) throws -> some Cursor<StoredEpisode> {
        let before = page.before ?? History.Position(at: Instant(milliseconds: .max), key: .max)
        return try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    \(columns) WHERE started_at >= ? AND started_at < ? AND (started_at, error_episodes.link_key) < (?, ?)
                    ORDER BY started_at DESC, error_episodes.link_key DESC
                    """
            ),
            arguments: [
                page.span.from?.milliseconds ?? Int64.min, page.span.to?.milliseconds ?? Int64.max,
                before.at.milliseconds, before.key,
            ]
        ).map(StoredEpisode.init)
    }

    /// Those that had begun before an instant and went on past it: of each link its latest, looked up by key, however
    /// many episodes there were.
    static func lasting(_ db: Database, at instant: Instant, before: History.Position?) throws -> [StoredEpisode] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    \(select(from: "links CROSS JOIN error_episodes USING (link_key)"))
                    WHERE (ended_at IS NULL OR ended_at > ?1) AND started_at =
                        (SELECT max(started_at) FROM error_episodes AS latest
                            WHERE latest.link_key = links.link_key AND latest.started_at < ?1)
                    """
            ),
            arguments: [instant.milliseconds]
        ).map(StoredEpisode.init).filter { episode in
            before.map { (episode.startedAt, episode.key) < ($0.at, $0.key) } ?? true
        }
    }
}

extension [StoredEpisode] {
    fileprivate var newestFirst: [StoredEpisode] {
        sorted { ($0.startedAt, $0.key) > ($1.startedAt, $1.key) }
    }
}

extension EpisodeRow {
    /// A page of the episodes of some incarnations, newest first.
    static func page(_ db: Database, of keys: [Int64], _ page: History.Page, now: Instant) throws -> [EpisodeRow] {
        let episodes = try keys.flatMap { try StoredEpisode.page(db, of: $0, page) }
        return try rows(db, episodes.newestFirst.prefix(page.limit), now: now)
    }

    /// Measures episodes with what was known of their clusters, which is read once for each cluster.
    fileprivate static func rows(
        _ db: Database,
        _ episodes: some Collection<StoredEpisode>,
        now: Instant
    ) throws -> [EpisodeRow] {
        let knowledge = try Dictionary(grouping: episodes, by: \.clusterKey).mapValues { episodes in
            let from = episodes.map(\.startedAt).min() ?? now
            let to = episodes.map { $0.endedAt ?? max(now, $0.startedAt) }.max() ?? now
            return try ClusterKnowledge(db, cluster: episodes[0].clusterKey, in: Span(from: from, to: to))
        }
        return try episodes.map { episode in
            guard let known = knowledge[episode.clusterKey] else { preconditionFailure("a cluster of no episode") }
            return try EpisodeRow(episode, db, knowledge: known, now: now)
        }
    }

    private init(_ episode: StoredEpisode, _ db: Database, knowledge: ClusterKnowledge, now: Instant) throws {
        position = History.Position(at: episode.startedAt, key: episode.key)
        link = episode.link
        trouble = episode.trouble
        startedAt = episode.startedAt
        endedAt = episode.endedAt
        startedBeforeObservation = episode.startedBeforeObservation
        observations =
            episode.endObservation.map { $0 - episode.firstObservation }
            ?? max(1, knowledge.successes - episode.firstObservation + 1)
        lastObservedAt = episode.lastObservedAt ?? max(knowledge.lastSuccessAt ?? startedAt, startedAt)
        let span = Span(from: startedAt, to: episode.endedAt ?? max(now, startedAt))
        length = span.length
        blind = KnownTime.blind(in: span, known: knowledge.known)
        messages = try StoredMessage.all(
            db,
            ofLink: episode.key,
            from: startedAt.milliseconds,
            before: episode.endedAt?.milliseconds ?? Int64.max
        )
    }
}
