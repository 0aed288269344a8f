package import ClusterLinks
import GRDB

/// All that is kept of one link, of all incarnations of its name or of one, and of its cluster's polls within a window.
package struct Evidence: Sendable {
    /// Rows of one kind, newest first, and whether there are more of them than are here.
    package struct Excerpt<Row: Sendable>: Sendable {
        package fileprivate(set) var rows: [Row] = []
        package fileprivate(set) var isTruncated = false
    }

    /// One of the links that have had the name.
    package struct Life: Sendable {
        package let clusterLinkID: String?
        package let firstObservedAt: Instant
        /// Nil while it is listed.
        package let deletedAt: Instant?
    }

    /// How much evidence holds at most.
    package struct Limits: Sendable {
        /// Rows of each kind.
        package var rows = 1000
        /// Bytes of the versions' documents, but at least one version.
        package var bytes = 8 << 20

        package init() {}
    }

    /// The window, as far back as the history is kept.
    package let window: Span
    /// In order of the first observation.
    package let lives: [Life]
    /// The version that was in force right before the window; nil where the link was not listed then.
    package let before: VersionRow?
    /// The version in force at the window's end.
    package let after: VersionRow?
    package let versions: Excerpt<VersionRow>
    package let episodes: Excerpt<EpisodeRow>
    /// Of the link and, where it could not be polled, of its cluster.
    package let alerts: Excerpt<AlertRow>
    /// The polls of the link's cluster.
    package let runs: Excerpt<PollRunRow>
    /// Added up over the incarnations.
    package let availability: AvailabilityRow
}

extension History {
    /// Reads the evidence of a window as of one moment of the database.
    /// - Parameters:
    ///   - asked: reaches at most to the present.
    ///   - now: until when an episode that goes on has lasted.
    /// - Returns: nil where no such link was ever listed.
    package func evidence(
        of link: LinkSelection,
        in asked: Span,
        now: Instant,
        limits: Evidence.Limits = Evidence.Limits()
    ) async throws -> Evidence? {
        try await pool.read { db -> Evidence? in
            let incarnations = try link.incarnations(db)
            if incarnations.isEmpty { return nil }
            let window = try KeptWindow(db, of: asked)
            return try Evidence(
                db,
                documents,
                of: incarnations,
                asked: link,
                in: window,
                now: now,
                limits: limits
            )
        }
    }
}

extension Evidence {
    fileprivate init(
        _ db: Database,
        _ documents: DocumentCache,
        of incarnations: [(key: Int64, id: String?)],
        asked link: History.LinkSelection,
        in window: KeptWindow,
        now: Instant,
        limits: Limits
    ) throws {
        let span = window.span
        let page = History.Page(from: span.from, to: span.to, limit: limits.rows + 1)
        self.window = span
        lives = try incarnations.compactMap { try Life(db, of: $0.key) }
            .sorted { $0.firstObservedAt < $1.firstObservedAt }
        before = try Self.version(db, documents, of: incarnations, begunBefore: span.from) { $0 >= span.from }
        after = try Self.version(db, documents, of: incarnations, begunBefore: span.to.advanced(by: .milliseconds(1))) {
            $0 > span.to
        }
        versions = try Self.versions(db, documents, of: incarnations, in: span, limits: limits)
        episodes = Excerpt(try EpisodeRow.page(db, of: incarnations.map(\.key), page, now: now), limits: limits)
        alerts = Excerpt(try History.alerts(db, of: link, in: span, limit: page.limit), limits: limits)
        runs = Excerpt(try PollRunRow.page(db, of: link.cluster, page), limits: limits)
        availability = try AvailabilityRow(
            db,
            of: incarnations.map(\.key),
            in: KeptWindow(db, of: span.upTo(now))
        )
    }

    /// - Parameter lasts: whether a version that ended at that instant was still in force.
    private static func version(
        _ db: Database,
        _ documents: DocumentCache,
        of incarnations: [(key: Int64, id: String?)],
        begunBefore instant: Instant,
        lasts: (Instant) -> Bool
    ) throws -> VersionRow? {
        try incarnations
            .flatMap { try VersionRow.page(db, documents, of: $0.key, id: $0.id, .init(to: instant, limit: 1)) }
            .filter { $0.validTo.map(lasts) ?? true }.max { $0.validFrom < $1.validFrom }
    }

    /// The newest versions, in pages, so that no more documents are held than are told.
    private static func versions(
        _ db: Database,
        _ documents: DocumentCache,
        of incarnations: [(key: Int64, id: String?)],
        in span: Span,
        limits: Limits
    ) throws -> Excerpt<VersionRow> {
        var excerpt = Excerpt<VersionRow>()
        var bytes = 0
        var page = History.Page(from: span.from, to: span.to, limit: 50)
        while true {
            let rows = try VersionRow.page(db, documents, of: incarnations, page)
            for row in rows {
                bytes += row.document.link.bytes.count
                guard excerpt.rows.isEmpty || excerpt.rows.count < limits.rows && bytes <= limits.bytes else {
                    excerpt.isTruncated = true
                    return excerpt
                }
                excerpt.rows.append(row)
            }
            guard rows.count == page.limit, let last = rows.last else { return excerpt }
            page.before = last.position
        }
    }
}

extension Evidence.Excerpt {
    /// - Parameter read: one more than evidence holds where there are more.
    fileprivate init(_ read: [Row], limits: Evidence.Limits) {
        rows = Array(read.prefix(limits.rows))
        isTruncated = read.count > limits.rows
    }
}

extension Evidence.Life {
    fileprivate init?(_ db: Database, of key: Int64) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT cluster_link_id, first_observed_at, deleted_at FROM links WHERE link_key = ?"
            ),
            arguments: [key]
        )
        guard let row else { return nil }
        clusterLinkID = row[0]
        firstObservedAt = Instant(milliseconds: row[1])
        deletedAt = (row[2] as Int64?).map(Instant.init(milliseconds:))
    }
}
