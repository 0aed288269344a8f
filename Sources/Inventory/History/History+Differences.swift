package import ClusterLinks
import GRDB

/// What one link was at two instants, where that is not the same.
package struct LinkDifferenceRow: Sendable {
    package let cluster: ClusterID
    /// The latest name.
    package let name: LinkName
    /// Orders rows of one name.
    package let key: Int64
    /// Nil where the link was not listed at the first instant.
    package let before: LinkDocument?
    /// Nil where the link is not listed at the second instant.
    package let after: LinkDocument?
}

/// The links that are not at one instant what they were at another, found through the changes between them: the cost is
/// that of what happened, not of the fleet.
package struct LinkDifferences {
    /// A link that differs, by its documents' keys; only shown ones are read.
    package struct Candidate: Sendable {
        package let cluster: ClusterID
        package let name: LinkName
        package let key: Int64
        let before: Int64?
        let after: Int64?

        package var isAddition: Bool { before == nil }
        package var isRemoval: Bool { after == nil }
    }

    /// In order of cluster, name and key.
    package let candidates: [Candidate]
    private let db: Database

    init(_ db: Database, from: Instant, to: Instant) throws {
        try HistoryError.demandKept(from, db)
        self.db = db
        var ends: [Int64: (before: Int64?, after: Int64?, at: Int64)] = [:]
        if let range = try ChangeHours.sequences(db, after: from, through: to) {
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT link_key, before_key, after_key, at FROM changes
                        WHERE sequence BETWEEN ? AND ? AND at > ? AND at <= ? AND link_key IS NOT NULL ORDER BY sequence
                        """
                ),
                arguments: [range.lowerBound, range.upperBound, from.milliseconds, to.milliseconds]
            )
            while let row = try rows.next() {
                let key: Int64 = row[0]
                ends[key] = (ends[key].map(\.before) ?? row[1], row[2], row[3])
            }
        }
        // A version's document may have been completed since the change that began it was told.
        let completions = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT link_key, valid_from, document_key FROM versions
                    WHERE completed_at IS NOT NULL AND completed_at > ? AND valid_from <= ?
                    """
            ),
            arguments: [from.milliseconds, to.milliseconds]
        )
        while let row = try completions.next() {
            let key: Int64 = row[0]
            if ends[key]?.at == row[1] { ends[key]?.after = row[2] }
        }
        let names = try db.cachedStatement(
            sql: "SELECT cluster_id, link_name FROM links JOIN clusters USING (cluster_key) WHERE link_key = ?"
        )
        candidates = try ends.filter { $0.value.before != $0.value.after }.compactMap { key, end in
            guard let row = try Row.fetchOne(names, arguments: [key]), let name = LinkName(row[1]) else { return nil }
            return Candidate(cluster: ClusterID(row[0]), name: name, key: key, before: end.before, after: end.after)
        }.sorted { ($0.cluster, $0.name, $0.key) < ($1.cluster, $1.name, $1.key) }
    }

    /// A candidate with its documents.
    package func row(_ candidate: Candidate) throws -> LinkDifferenceRow {
        func document(_ key: Int64?) throws -> LinkDocument? {
            guard let key else { return nil }
            return try Row.fetchOne(
                db.cachedStatement(sql: "SELECT body FROM documents WHERE document_key = ?"),
                arguments: [key]
            ).flatMap { try $0.bytes(0) }.map(LinkDocument.init(canonical:))
        }
        return LinkDifferenceRow(
            cluster: candidate.cluster,
            name: candidate.name,
            key: candidate.key,
            before: try document(candidate.before),
            after: try document(candidate.after)
        )
    }
}

extension History {
    /// Reads what differs between two instants, all of it as of one moment of the database.
    package func differences<Answer: Sendable>(
        from: Instant,
        to: Instant,
        _ read: @escaping @Sendable (LinkDifferences) throws -> Answer
    ) async throws -> Answer {
        try await pool.read { db in try read(try LinkDifferences(db, from: from, to: to)) }
    }
}
