import ClusterLinks
import ExactJSON
import GRDB

extension History {
    /// How many changes one page looks at, so that a filter that admits hardly any costs milliseconds and not seconds.
    package static let changesLookedAt: Int64 = 50_000

    /// The changes after one of the feed, oldest first, those that a filter admits.
    ///
    /// A page ends at its limit, at the last change there is, or after so many that were looked at; `lookedAt` tells where.
    /// It also begins after changes that are not kept any more: whether that leaves a gap is told by `oldest`.
    package func changes(
        after sequence: Int64,
        limit: Int,
        filter: ChangeFilter = ChangeFilter(),
        lookingAt most: Int64 = changesLookedAt
    ) async throws -> ChangePage {
        try await pool.read { db in
            guard let kept = try KeptChanges(db) else {
                return ChangePage(rows: [], lookedAt: max(0, sequence), oldest: nil, latest: 0)
            }
            let start = max(sequence, kept.oldest - 1)
            let end = kept.latest - start > most ? start + most : max(start, kept.latest)
            let found = try filter.rows(db, documents, after: start, through: end, limit: limit)
            return ChangePage(
                rows: found.filter { filter.admits($0.subject) },
                lookedAt: found.count == limit ? found.last?.sequence ?? end : end,
                oldest: kept.oldest,
                latest: kept.latest
            )
        }
    }
}

/// Which part of the feed is kept: from its start on retention may have taken away, and never in its middle.
private struct KeptChanges {
    let oldest: Int64
    let latest: Int64

    init?(_ db: Database) throws {
        // Two questions: SQLite looks at one end of an index for one of them, and at every row for both at once.
        let sql = "SELECT (SELECT min(sequence) FROM changes) AS oldest, (SELECT max(sequence) FROM changes) AS latest"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql)), let oldest = row["oldest"] as Int64?,
            let latest = row["latest"] as Int64?
        else { return nil }
        self.oldest = oldest
        self.latest = latest
    }
}

extension ChangeFilter {
    /// The changes of a span of the feed that may be admitted: what the documents say of names and ids is for `admits`.
    fileprivate func rows(
        _ db: Database,
        _ documents: DocumentCache,
        after start: Int64,
        through end: Int64,
        limit: Int
    ) throws -> [ChangeRow] {
        // A link is found by the name it has now. Where links were renamed that would miss what they were before, so there
        // the names are left to `admits`, and few changes make a page.
        let mayBeRenamed =
            try linkNames != nil
            && Bool.fetchOne(
                db.cachedStatement(
                    sql: #"SELECT EXISTS (SELECT 1 FROM field_lists WHERE fields LIKE '%"link_name"%')"#
                )
            ) == true
        return try Row.fetchAll(
            db.cachedStatement(sql: Self.question),
            arguments: [
                start, end, limit, kinds.map { "[\($0.map { String($0.stored) }.joined(separator: ","))]" },
                Self.list(clusters?.map(\.rawValue)),
                mayBeRenamed ? nil : Self.list(linkNames?.map(\.rawValue)),
                Self.list(clusterLinkIDs?.map(\.rawValue)),
            ]
        ).map { try ChangeRow($0, db, documents) }
    }

    /// The changes are gone through in their order and nothing else is asked before they are narrowed: CROSS JOIN keeps
    /// SQLite from beginning elsewhere (<https://sqlite.org/optoverview.html#crossjoin>).
    private static let question = """
        SELECT sequence, at, kind, cluster_id, baseline, fields, before_key, after_key
        FROM changes CROSS JOIN clusters USING (cluster_key)
            LEFT JOIN versions ON versions.link_key = changes.link_key AND valid_from = at
            LEFT JOIN field_lists USING (field_list_key)
        WHERE sequence > ?1 AND sequence <= ?2
            AND (?4 IS NULL OR kind IN (SELECT value FROM json_each(?4)))
            AND (?5 IS NULL OR changes.cluster_key IN (
                SELECT cluster_key FROM clusters WHERE cluster_id IN (SELECT value FROM json_each(?5))))
            AND (?6 IS NULL OR changes.link_key IN (
                SELECT link_key FROM links WHERE link_name IN (SELECT value FROM json_each(?6))))
            AND (?7 IS NULL OR changes.link_key IN (
                SELECT link_key FROM links WHERE cluster_link_id IN (SELECT value FROM json_each(?7))))
        ORDER BY sequence LIMIT ?3
        """

    /// Values as the JSON array that `json_each` takes apart; nil also for one with a U+0000, at which SQLite's texts end, so
    /// that only `admits` can tell.
    private static func list(_ values: [String]?) -> String? {
        guard let values, !values.contains(where: { $0.utf8.contains(0) }) else { return nil }
        return String(decoding: JSONValue.array(values.map(JSONValue.string)).encoded, as: UTF8.self)
    }
}

extension ChangeRow {
    fileprivate init(_ row: Row, _ db: Database, _ documents: DocumentCache) throws {
        sequence = row[0]
        at = Instant(milliseconds: row[1])
        guard let kind = ChangeKind(stored: row[2]) else { throw UnknownChangeKind(kind: row[2], sequence: sequence) }
        self.kind = kind
        cluster = ClusterID(row[3])
        isBaseline = row[4]
        changed = FieldList(stored: try row.bytes(5))
        before = try (row[6] as Int64?).map { try documents.document($0, db) }
        after = try (row[7] as Int64?).map { try documents.document($0, db) }
    }
}

/// The feed holds a change of a kind that nothing here writes.
private struct UnknownChangeKind: Error, CustomStringConvertible {
    let kind: Int
    let sequence: Int64

    var description: String {
        "change \(sequence) is of the unknown kind \(kind): the database was written by something else than linkwatch"
    }
}
