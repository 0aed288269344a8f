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
    private let documents: DocumentCache

    init(_ db: Database, _ documents: DocumentCache, at instant: Instant) throws {
        try HistoryError.demandKept(instant, db)
        self.db = db
        self.documents = documents
        self.instant = instant
        sequence = try ChangeHours.lastSequence(db, before: instant.advanced(by: .milliseconds(1)))
    }

    /// A cluster as it was known then; nil where the database does not know it.
    package func cluster(_ description: ClusterDescription) throws -> PastCluster? {
        try PastCluster(description, db, at: instant)
    }

    /// The polls of a cluster up to the instant.
    package func polls(of cluster: PastCluster) throws -> PastCluster.Polls {
        try PastCluster.Polls(of: cluster, db, at: instant)
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
        let statement = try KeptStatement(
            db,
            sql: """
                SELECT first_observed_at, valid_from, document_key
                FROM links CROSS JOIN versions ON versions.link_key = links.link_key AND valid_from =
                    (SELECT max(valid_from) FROM versions AS latest
                        WHERE latest.link_key = links.link_key AND latest.valid_from <= ?2)
                WHERE cluster_key = ?1 AND document_key IS NOT NULL
                """
        )
        var links: [PastLink] = []
        try statement.forEach(cluster.key, instant.milliseconds) { row in
            let link = PastLink(
                try documents.document(row.integer(2), db),
                on: cluster.id,
                firstObservedAt: Instant(milliseconds: row.integer(0)),
                versionSince: Instant(milliseconds: row.integer(1))
            )
            if let link { links.append(link) }
        }
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

    package var id: ClusterID { view.id }

    /// What tells how old the knowledge of a cluster was.
    package struct Observation: Sendable, Hashable {
        /// The last success at or before the instant, as far as it is stored: of a run only the ends are.
        package let at: Instant
        /// How old the knowledge was at the instant; within a run at most the mean distance of its polls.
        package let age: Duration
    }

    /// The last polls of a cluster up to an instant, of which those within a run of equal ones are not told apart.
    package struct Polls: Sendable {
        package let last: PollTally.Poll?
        package let lastFailure: PollTally.Poll?
    }

    fileprivate init?(_ description: ClusterDescription, _ db: Database, at instant: Instant) throws {
        let keys = try KeptStatement(db, sql: "SELECT cluster_key FROM clusters WHERE cluster_id = ?")
        guard let key = try keys.integer(description.id.rawValue) else { return nil }
        self.key = key
        let spans = try KeptStatement(
            db,
            sql: """
                SELECT valid_to IS NULL OR valid_to > ?2 FROM configuration_spans
                WHERE cluster_key = ?1 AND valid_from <= ?2 ORDER BY valid_from DESC LIMIT 1
                """
        )
        let isConfigured = try spans.integer(key, instant.milliseconds) == 1
        let runs = try KeptStatement(
            db,
            sql: """
                SELECT first_at, last_at, count, stale_after_ms FROM poll_runs
                WHERE cluster_key = ? AND first_at <= ? AND failure IS NULL ORDER BY first_at DESC LIMIT 1
                """
        )
        var observation: Observation?
        var isStale = true
        try runs.forEach(key, instant.milliseconds) { row in
            let (first, last) = (Instant(milliseconds: row.integer(0)), Instant(milliseconds: row.integer(1)))
            observation = Observation(ofRunFrom: first, to: last, count: Int(row.integer(2)), at: instant)
            isStale = instant >= last.advanced(by: .milliseconds(row.integer(3)))
        }
        self.observation = observation
        view = ClusterView(
            description: description,
            isConfigured: isConfigured,
            wasListed: observation != nil,
            isStale: !isConfigured || isStale,
            links: [],
            ghosts: []
        )
    }
}

extension PastCluster.Polls {
    fileprivate init(of cluster: PastCluster, _ db: Database, at instant: Instant) throws {
        func last(_ condition: String) throws -> PollRunRow? {
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM poll_runs WHERE cluster_key = ? AND first_at <= ? AND \(condition)
                        ORDER BY first_at DESC LIMIT 1
                        """
                ),
                arguments: [cluster.key, instant.milliseconds]
            ).map(PollRunRow.init)
        }
        let latest = try last("TRUE")
        let failure = latest?.run.outcome.isSuccess == false ? latest : try last("failure IS NOT NULL")
        self.last = latest?.lastPoll(at: instant)
        lastFailure = failure?.lastPoll(at: instant)
    }
}

extension PastCluster.Observation {
    fileprivate init(ofRunFrom first: Instant, to last: Instant, count: Int, at instant: Instant) {
        if instant >= last {
            self.init(at: last, age: instant - last)
        } else {
            self.init(at: first, age: min(instant - first, (last - first) / max(1, count - 1)))
        }
    }
}

/// A link as it was known at an instant.
package struct PastLink: Sendable, Incarnation {
    package let identity: LinkIdentity
    package let name: LinkName
    package let document: StoredDocument
    package let lastKnownHealth: Health
    package let direction: Direction
    package let firstObservedAt: Instant
    package let versionSince: Instant

    package var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
    package var isListed: Bool { true }

    fileprivate init?(
        _ document: StoredDocument,
        on cluster: ClusterID,
        firstObservedAt: Instant,
        versionSince: Instant
    ) {
        guard let name = document.name else { return nil }
        self.document = document
        self.name = name
        // Not the row's id: an adopted one is that of the past only where the document has it.
        identity = document.clusterLinkID.map(LinkIdentity.id) ?? .name(name)
        lastKnownHealth = document.lastKnownHealth
        direction = document.direction(on: cluster)
        self.firstObservedAt = firstObservedAt
        self.versionSince = versionSince
    }
}

extension History {
    /// Reads the fleet as it was known at an instant, all of it as of one moment of the database.
    package func fleet<Answer: Sendable>(
        at instant: Instant,
        _ read: @escaping @Sendable (PastFleet) throws -> Answer
    ) async throws -> Answer {
        try await pool.read { db in try read(try PastFleet(db, documents, at: instant)) }
    }
}
