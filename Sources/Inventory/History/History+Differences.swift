package import ClusterLinks
import GRDB

/// The links that are not at one instant what they were at another, found through the changes between them: the cost is
/// that of what happened, not of the fleet.
package struct LinkDifferences {
    /// A link that differs, by the keys of its documents: they are read only where they are shown.
    private struct Candidate {
        let before: Int64?
        let after: Int64?
    }

    /// The last change such that it and all before it happened up to the second instant.
    package let sequence: Int64
    private let db: Database
    private let candidates: [ClusterID: [Candidate]]

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
        sequence = try ChangeHours.lastSequence(db, before: to.advanced(by: .milliseconds(1)))
        let clusters = try db.cachedStatement(
            sql: "SELECT cluster_id FROM links JOIN clusters USING (cluster_key) WHERE link_key = ?"
        )
        var candidates: [ClusterID: [Candidate]] = [:]
        for (key, end) in ends where end.before != end.after {
            guard let cluster = try String.fetchOne(clusters, arguments: [key]) else { continue }
            candidates[ClusterID(cluster), default: []].append(Candidate(before: end.before, after: end.after))
        }
        self.candidates = candidates
    }

    /// The clusters of links that differ, in order.
    package var clusters: [ClusterID] { candidates.keys.sorted() }

    /// What differs on a cluster, in order of the links' names and ids.
    package func differences(on cluster: ClusterID) throws -> [LinkDifference] {
        let candidates = candidates[cluster] ?? []
        return LinkDifference.between(
            try candidates.compactMap { try link($0.before, on: cluster) },
            try candidates.compactMap { try link($0.after, on: cluster) }
        )
    }

    private func link(_ key: Int64?, on cluster: ClusterID) throws -> ListedLink? {
        guard let key,
            let body = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT body FROM documents WHERE document_key = ?"),
                arguments: [key]
            )?.bytes(0)
        else { return nil }
        let content = LinkDocument(canonical: body).content
        return content.name.map { name in
            ListedLink(
                cluster: cluster,
                identity: content.clusterLinkID.map(LinkIdentity.id) ?? .name(name),
                name: name,
                content: content
            )
        }
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
