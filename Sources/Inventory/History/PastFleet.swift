package import ClusterLinks
import ExactJSON
import GRDB

/// The fleet as it was known at an instant, read from the database cluster by cluster, so that a page costs what it shows.
///
/// Names, labels and hosts of clusters are today's: those that were are not kept.
package struct PastFleet {
    package let instant: Instant
    /// The last change such that it and all before it are part of the state: the feed goes on from it without a gap.
    package let sequence: Int64
    private let db: Database

    init(_ db: Database, at instant: Instant) throws {
        try HistoryError.demandKept(instant, db)
        self.db = db
        self.instant = instant
        sequence = try ChangeHours.lastSequence(db, before: instant.advanced(by: .milliseconds(1)))
    }

    /// A cluster as it was known then; nil where the database does not know it.
    package func cluster(_ description: ClusterDescription) throws -> PastCluster? {
        try PastCluster(description, db, at: instant)
    }

    /// The clusters of which nothing was known yet.
    package func notYetObserved() throws -> [ClusterID] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT cluster_id FROM clusters WHERE NOT EXISTS (SELECT 1 FROM poll_runs AS run
                        WHERE run.cluster_key = clusters.cluster_key AND failure IS NULL AND first_at <= ?)
                    ORDER BY cluster_id
                    """
            ),
            arguments: [instant.milliseconds]
        ).map(ClusterID.init)
    }

    /// The links that a cluster listed then, in order of their names and ids.
    package func links(of cluster: PastCluster) throws -> [PastLink] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT cluster_link_id, first_observed_at, valid_from, health, body
                    FROM links CROSS JOIN versions ON versions.link_key = links.link_key AND valid_from =
                        (SELECT max(valid_from) FROM versions AS latest
                            WHERE latest.link_key = links.link_key AND latest.valid_from <= ?2)
                    CROSS JOIN documents USING (document_key)
                    WHERE cluster_key = ?1
                    """
            ),
            arguments: [cluster.key, instant.milliseconds]
        )
        var links: [PastLink] = []
        while let row = try rows.next() { if let link = try PastLink(row, of: cluster.id) { links.append(link) } }
        return links.sorted { ($0.name, $0.identity.description) < ($1.name, $1.identity.description) }
    }
}

/// A cluster as it was known at an instant.
package struct PastCluster: Sendable {
    let key: Int64
    /// Without links, which are read for themselves, and without ghosts, of which only the present ones are kept.
    package let view: ClusterView
    /// The last success that is known up to the instant; nil where there was none.
    package let observation: Observation?
    /// The last polls up to the instant, of which those within a run of equal ones are not told apart.
    package let lastPoll: PollTally.Poll?
    package let lastFailure: PollTally.Poll?

    package var id: ClusterID { view.id }

    /// What tells how old the knowledge of a cluster was.
    package struct Observation: Sendable, Hashable {
        /// The last success at or before the instant, as far as it is stored: of a run only the ends are.
        package let at: Instant
        /// How old the knowledge was at the instant; within a run at most the mean distance of its polls.
        package let age: Duration
    }

    fileprivate init?(_ description: ClusterDescription, _ db: Database, at instant: Instant) throws {
        guard
            let key = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT cluster_key FROM clusters WHERE cluster_id = ?"),
                arguments: [description.id.rawValue]
            )
        else { return nil }
        self.key = key
        func last(_ condition: String) throws -> PollRunRow? {
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM poll_runs WHERE cluster_key = ? AND first_at <= ? AND \(condition)
                        ORDER BY first_at DESC LIMIT 1
                        """
                ),
                arguments: [key, instant.milliseconds]
            ).map(PollRunRow.init)
        }
        let latest = try last("TRUE")
        let success = latest?.run.outcome.isSuccess == true ? latest : try last("failure IS NULL")
        let failure = latest?.run.outcome.isSuccess == false ? latest : try last("failure IS NOT NULL")
        let isConfigured =
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT valid_to IS NULL OR valid_to > ?2 FROM configuration_spans
                        WHERE cluster_key = ?1 AND valid_from <= ?2 ORDER BY valid_from DESC LIMIT 1
                        """
                ),
                arguments: [key, instant.milliseconds]
            ) ?? false
        let run = success?.run
        observation = run.map { Observation(of: $0, at: instant) }
        lastPoll = latest?.lastPoll(at: instant)
        lastFailure = failure?.lastPoll(at: instant)
        view = ClusterView(
            description: description,
            isConfigured: isConfigured,
            wasListed: run != nil,
            isStale: !isConfigured || (run.map { instant >= $0.lastAt.advanced(by: $0.staleAfter) } ?? true),
            links: [],
            ghosts: []
        )
    }
}

extension PastCluster.Observation {
    fileprivate init(of run: PollRun, at instant: Instant) {
        if instant >= run.lastAt {
            self.init(at: run.lastAt, age: instant - run.lastAt)
        } else {
            let distance = (run.lastAt - run.firstAt) / max(1, run.count - 1)
            self.init(at: run.firstAt, age: min(instant - run.firstAt, distance))
        }
    }
}

/// A link as it was known at an instant.
package struct PastLink: Sendable, Incarnation {
    package let identity: LinkIdentity
    package let name: LinkName
    package let document: LinkDocument
    package let lastKnownHealth: Health
    package let direction: Direction
    package let firstObservedAt: Instant
    package let versionSince: Instant

    package var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
    package var isListed: Bool { true }

    fileprivate init?(_ row: Row, of cluster: ClusterID) throws {
        guard let body = try row.bytes(4) else { return nil }
        document = LinkDocument(canonical: body)
        guard let name = document.name else { return nil }
        self.name = name
        // Not the row's id: an adopted one is that of the past only where the document has it.
        identity = document.clusterLinkID.map(LinkIdentity.id) ?? .name(name)
        lastKnownHealth = Health(stored: row[3])
        direction = Direction(of: document, on: cluster)
        firstObservedAt = Instant(milliseconds: row[1])
        versionSince = Instant(milliseconds: row[2])
    }
}

extension History {
    /// Reads the fleet as it was known at an instant, all of it as of one moment of the database.
    package func fleet<Answer: Sendable>(
        at instant: Instant,
        _ read: @escaping @Sendable (PastFleet) throws -> Answer
    ) async throws -> Answer {
        try await pool.read { db in try read(try PastFleet(db, at: instant)) }
    }
}
