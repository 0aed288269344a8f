package import ClusterLinks
import GRDB

/// The links that are not at one instant what they were at another, found through the changes between them: the cost is
/// that of what happened, not of the fleet.
package struct LinkDifferences {
    /// A link's documents at both instants, by their keys: they are read only where they are shown.
    private struct Ends {
        let cluster: Int64
        let before: Int64?
        var after: Int64?
        var at: Int64

        mutating func take(_ change: Ends) { (after, at) = (change.after, change.at) }
    }

    /// The last change such that it and all before it happened up to the second instant.
    package let sequence: Int64
    private let db: Database
    private let documents: DocumentCache
    private let candidates: [ClusterID: [Ends]]

    init(_ db: Database, _ documents: DocumentCache, from: Instant, to: Instant) throws {
        try HistoryError.demandKept(from, db)
        self.db = db
        self.documents = documents
        var ends: [Int64: Ends] = [:]
        if let range = try ChangeHours.sequences(db, after: from, through: to) {
            let changes = try KeptStatement(
                db,
                sql: """
                    SELECT link_key, before_key, after_key, at, cluster_key FROM changes
                    WHERE sequence BETWEEN ? AND ? AND at > ? AND at <= ? AND link_key IS NOT NULL ORDER BY sequence
                    """
            )
            try changes.forEach(range.lowerBound, range.upperBound, from.milliseconds, to.milliseconds) { row in
                let change = Ends(
                    cluster: row.integer(4),
                    before: row.integerOrNull(1),
                    after: row.integerOrNull(2),
                    at: row.integer(3)
                )
                ends[row.integer(0), default: change].take(change)
            }
        }
        // A version's document may have been completed since the change that began it was told.
        let completions = try KeptStatement(
            db,
            sql: """
                SELECT link_key, valid_from, document_key FROM versions
                WHERE completed_at IS NOT NULL AND completed_at > ? AND valid_from <= ?
                """
        )
        try completions.forEach(from.milliseconds, to.milliseconds) { row in
            let key = row.integer(0)
            if ends[key]?.at == row.integer(1) { ends[key]?.after = row.integerOrNull(2) }
        }
        sequence = try ChangeHours.lastSequence(db, before: to.advanced(by: .milliseconds(1)))
        let differing = Dictionary(grouping: ends.values.filter { $0.before != $0.after }, by: \.cluster)
        let ids = try KeptStatement(db, sql: "SELECT cluster_id FROM clusters WHERE cluster_key = ?")
        var candidates: [ClusterID: [Ends]] = [:]
        for (cluster, links) in differing {
            try ids.forEach(cluster) { row in if let id = row.text(0) { candidates[ClusterID(id)] = links } }
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
        guard let document = try key.map({ try documents.document($0, db) }) else { return nil }
        return document.name.map { name in
            ListedLink(
                cluster: cluster,
                identity: document.clusterLinkID.map(LinkIdentity.id) ?? .name(name),
                name: name,
                document: document.link
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
        try await pool.read { db in try read(try LinkDifferences(db, documents, from: from, to: to)) }
    }
}
