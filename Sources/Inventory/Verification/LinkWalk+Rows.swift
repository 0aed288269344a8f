import ClusterLinks
import GRDB

/// A row of `versions`: from this instant on the link's content was a document, or the link was not listed.
struct VersionEntry {
    let link: Int64
    let validFrom: Int64
    let document: Int64?
    let fields: Int64?
    let completedAt: Int64?

    var isListed: Bool { document != nil }
}

/// A row of `changes` that is about a link.
struct ChangeEntry {
    let sequence: Int64
    let at: Int64
    let kind: ChangeKind?
    let cluster: Int64
    let link: Int64
    let before: Int64?
    let after: Int64?
}

/// A row of `links` with the cluster's name.
struct LinkEntry {
    let key: Int64
    let cluster: Int64
    let subject: FindingSubject
    let firstObservedAt: Int64
    let deletedAt: Int64?
}

extension RowStream<LinkEntry> {
    static func links(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT link_key, cluster_key, cluster_id, link_name, cluster_link_id, first_observed_at, deleted_at
            FROM links LEFT JOIN clusters USING (cluster_key) ORDER BY link_key
            """
        ) { row in
            LinkEntry(
                key: try row.number(0),
                cluster: try row.number(1),
                subject: .link(
                    name: try row.text(3) ?? "",
                    id: try row.text(4),
                    cluster: try row.text(2) ?? "that is not there"
                ),
                firstObservedAt: try row.number(5),
                deletedAt: try row.numberOrNull(6)
            )
        }
    }
}

extension RowStream<VersionEntry> {
    static func versions(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT link_key, valid_from, document_key, field_list_key, completed_at FROM versions
            ORDER BY link_key, valid_from
            """
        ) { row in
            VersionEntry(
                link: try row.number(0),
                validFrom: try row.number(1),
                document: try row.numberOrNull(2),
                fields: try row.numberOrNull(3),
                completedAt: try row.numberOrNull(4)
            )
        }
    }
}

extension RowStream<ChangeEntry> {
    static func changes(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT sequence, at, kind, cluster_key, link_key, before_key, after_key FROM changes
            WHERE link_key IS NOT NULL ORDER BY link_key, at, sequence
            """
        ) { row in
            ChangeEntry(
                sequence: try row.number(0),
                at: try row.number(1),
                kind: ChangeKind(stored: Int(try row.number(2))),
                cluster: try row.number(3),
                link: try row.number(4),
                before: try row.numberOrNull(5),
                after: try row.numberOrNull(6)
            )
        }
    }
}

extension RowStream<EpisodeEntry> {
    static func episodes(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT link_key, started_at, ended_at, error.text, state.text, first_observation, end_observation,
                last_observed_at
            FROM error_episodes AS episode LEFT JOIN texts AS error ON error.text_key = error_key
                LEFT JOIN texts AS state ON state.text_key = state_key
            ORDER BY link_key, started_at
            """
        ) { row in
            let trouble: Trouble? =
                switch (try row.text(3), try row.text(4)) {
                case (let code?, nil): .error(LinkErrorCode(rawValue: code))
                case (nil, let state?): .state(LinkState(rawValue: state))
                default: nil
                }
            return EpisodeEntry(
                link: try row.number(0),
                startedAt: try row.number(1),
                endedAt: try row.numberOrNull(2),
                trouble: trouble,
                firstObservation: try row.number(5),
                endObservation: try row.numberOrNull(6),
                lastObservedAt: try row.numberOrNull(7)
            )
        }
    }
}

extension RowStream<(link: Int64, at: Int64)> {
    static func messages(_ db: Database) throws -> Self {
        try RowStream(db, "SELECT link_key, at FROM episode_messages ORDER BY link_key, at") { row in
            (try row.number(0), try row.number(1))
        }
    }
}
