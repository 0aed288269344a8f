package import ClusterLinks
import GRDB

/// Why a link was not listed under a name at an instant.
package enum LinkAbsence: Sendable, Hashable {
    /// No link has that name, nor had it when it was last listed.
    case unknown
    /// Nothing of the name was observed before this instant, which came later.
    case notYetObserved(until: Instant)
    /// The link had gone at this instant, from under that or another name.
    case gone(since: Instant, from: LinkName?)
    /// The link was listed, but had another name.
    case named(LinkName)
    /// The link was listed, but without the `cluster_link_id` that it has now.
    case withoutID
}

extension History {
    /// Why no incarnation of a link that is meant was listed at an instant.
    package func absence(of link: LinkSelection, at instant: Instant) async throws -> LinkAbsence {
        try await pool.read { db in
            try link.incarnations(db)
                .map { try LinkAbsence(db, ofLink: $0.key, named: LinkName(link.name), at: instant) }
                .max { $0.rank < $1.rank } ?? .unknown
        }
    }
}

extension LinkAbsence {
    /// From two rows of the link: what it was last, and before that if it had gone.
    fileprivate init(_ db: Database, ofLink key: Int64, named name: LinkName?, at instant: Instant) throws {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT valid_from, body FROM versions LEFT JOIN documents USING (document_key)
                    WHERE link_key = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 2
                    """
            ),
            arguments: [key, instant.milliseconds]
        ).map { (at: Instant(milliseconds: $0[0]), document: try $0.bytes(1).map(LinkDocument.init(canonical:))) }
        guard let last = rows.first else {
            let first = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT first_observed_at FROM links WHERE link_key = ?"),
                arguments: [key]
            )
            self = .notYetObserved(until: first.map(Instant.init(milliseconds:)) ?? instant)
            return
        }
        if let document = last.document {
            self = if let then = document.name, then != name { .named(then) } else { .withoutID }
        } else {
            self = .gone(since: last.at, from: rows.last?.document?.name)
        }
    }

    /// The greater it is, the more an absence tells of several.
    fileprivate var rank: (Int, Instant) {
        switch self {
        case .unknown: (0, Instant(milliseconds: 0))
        case .notYetObserved(let first): (1, Instant(milliseconds: -first.milliseconds))
        case .gone(let since, _): (2, since)
        case .named, .withoutID: (3, Instant(milliseconds: 0))
        }
    }
}
