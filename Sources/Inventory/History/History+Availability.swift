package import ClusterLinks
import GRDB

/// How links were within a window, as far as the history reaches.
package struct AvailabilityRow: Sendable {
    package let figures: Availability
    /// From when on the history is kept, where the window that was asked for reaches further back.
    package let keptFrom: Instant?
    /// The one link that the figures are about; nil where they are those of several.
    package let link: History.LinkReference?
}

extension History {
    /// How a link was within a window, read as of one moment of the database.
    ///
    /// The link is the newest listed incarnation of the name or the one with the id; where none is listed any more, the one
    /// that was listed last.
    /// - Parameter asked: reaches at most to the present.
    /// - Returns: nil where no such link was ever listed.
    package func availability(of link: LinkSelection, in asked: Span) async throws -> AvailabilityRow? {
        try await pool.read { db -> AvailabilityRow? in
            guard let named = try NamedLink.meant(db, by: link) else { return nil }
            return try AvailabilityRow(db, of: [named.key], in: try KeptWindow(db, of: asked), about: named.reference)
        }
    }

    /// How the links of some clusters were within a window, added up; read as of one moment of the database.
    ///
    /// Each link that was listed within the window counts, also one that is gone or another incarnation of a name.
    /// - Parameters:
    ///   - clusters: whose links.
    ///   - asked: reaches at most to the present.
    ///   - admits: asked for each link; by its latest name.
    package func availability(
        of clusters: Set<ClusterID>,
        in asked: Span,
        admits: @escaping @Sendable (LinkReference) -> Bool = { _ in true }
    ) async throws -> AvailabilityRow {
        try await pool.read { db in
            let window = try KeptWindow(db, of: asked)
            let reading = try LifeReading(db, in: window.span)
            var figures = Availability(window: window.span)
            let keys = try Row.fetchAll(db.cachedStatement(sql: "SELECT cluster_key, cluster_id FROM clusters"))
            for row in keys {
                let cluster = ClusterID(row[1])
                guard clusters.contains(cluster) else { continue }
                let links = try Self.links(db, listedIn: window.span, on: row[0], called: cluster)
                    .filter { admits($0.link) }
                if links.isEmpty { continue }
                let known = try ClusterKnowledge.known(db, cluster: row[0], in: window.span)
                for link in links { figures.add(try reading.figures(of: link.key, known: known)) }
            }
            return AvailabilityRow(figures: figures, keptFrom: window.keptFrom, link: nil)
        }
    }

    /// The links of a cluster but those that came after a span, or went for good before it.
    private static func links(
        _ db: Database,
        listedIn span: Span,
        on key: Int64,
        called cluster: ClusterID
    ) throws -> [(key: Int64, link: LinkReference)] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT link_key, link_name, cluster_link_id FROM links
                    WHERE cluster_key = ? AND first_observed_at < ? AND (deleted_at IS NULL OR deleted_at > ?)
                    """
            ),
            arguments: [key, span.to.milliseconds, span.from.milliseconds]
        ).map { ($0[0], LinkReference(cluster: cluster, name: $0[1], clusterLinkID: $0[2])) }
    }
}

extension AvailabilityRow {
    /// The figures of links of one cluster, added up.
    init(
        _ db: Database,
        of links: [Int64],
        in window: KeptWindow,
        about reference: History.LinkReference? = nil
    ) throws {
        let reading = try LifeReading(db, in: window.span)
        var figures = Availability(window: window.span)
        if let cluster = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT cluster_key FROM links WHERE link_key = ?"),
            arguments: [links.first]
        ) {
            let known = try ClusterKnowledge.known(db, cluster: cluster, in: window.span)
            for link in links { figures.add(try reading.figures(of: link, known: known)) }
        }
        self.init(figures: figures, keptFrom: window.keptFrom, link: reference)
    }
}

/// A window of which only that part is looked at of which everything is kept.
struct KeptWindow {
    let span: Span
    /// Nil where all of what was asked for is kept.
    let keptFrom: Instant?

    init(_ db: Database, of asked: Span) throws {
        let kept = try HistoryRetention.keptFrom(db)
        guard let kept, kept > asked.from else {
            span = asked
            keptFrom = nil
            return
        }
        span = Span(from: min(kept, asked.to), to: asked.to)
        keptFrom = kept
    }
}

/// The incarnation that a name means, whether it is listed or gone.
private struct NamedLink: Incarnation {
    let key: Int64
    let reference: History.LinkReference
    let firstObservedAt: Instant
    let deletedAt: Instant?

    var clusterLinkID: ClusterLinkID? { reference.clusterLinkID.flatMap { ClusterLinkID($0) } }
    var isListed: Bool { deletedAt == nil }

    static func meant(_ db: Database, by link: History.LinkSelection) throws -> NamedLink? {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT link_key, link_name, cluster_link_id, first_observed_at, deleted_at
                    FROM links JOIN clusters USING (cluster_key) WHERE cluster_id = ? AND link_name = ?
                    """
            ),
            arguments: [link.cluster.rawValue, link.name]
        )
        let named = rows.map { row in
            NamedLink(
                key: row[0],
                reference: .init(cluster: link.cluster, name: row[1], clusterLinkID: row[2]),
                firstObservedAt: Instant(milliseconds: row[3]),
                deletedAt: (row[4] as Int64?).map(Instant.init(milliseconds:))
            )
        }
        if let meant = named.meant(byID: link.id) { return meant }
        guard link.id == nil else { return nil }
        return named.max { ($0.deletedAt ?? $0.firstObservedAt, $0.key) < ($1.deletedAt ?? $1.firstObservedAt, $1.key) }
    }
}

/// Reads in what health links were: their versions within a window, of which no document is read.
struct LifeReading {
    private let window: Span
    private let versions: Statement

    init(_ db: Database, in window: Span) throws {
        self.window = window
        versions = try db.cachedStatement(
            sql: """
                SELECT valid_from, health FROM versions LEFT JOIN documents USING (document_key)
                WHERE link_key = ?1 AND valid_from < ?3 AND valid_from >= ifnull(
                    (SELECT max(valid_from) FROM versions AS latest
                        WHERE latest.link_key = ?1 AND latest.valid_from <= ?2), ?2)
                ORDER BY valid_from
                """
        )
    }

    /// - Parameter known: when the link's cluster was known within the window.
    func figures(of link: Int64, known: [Span]) throws -> Availability {
        let rows = try Row.fetchCursor(
            versions,
            arguments: [link, window.from.milliseconds, window.to.milliseconds]
        )
        var life: [Availability.Stretch] = []
        var open: (from: Instant, health: Health)?
        while let row = try rows.next() {
            let from = Instant(milliseconds: row[0])
            if let open { life.append(.init(Span(from: open.from, to: from), open.health)) }
            open = (row[1] as Int?).map { (from, Health(stored: $0)) }
        }
        // What comes after the window is not read: the last version lasts at least until its end.
        if let open { life.append(.init(Span(from: open.from, to: window.to), open.health)) }
        return Availability(of: life, known: known, window: window)
    }
}
