import Alerting
import ClusterLinks
import GRDB

/// One replay of what a connection reads, within a transaction that the caller opens.
struct StoredBacktest {
    private let db: Database
    private let proposal: BacktestProposal
    private let question: BacktestQuestion
    private let window: Span
    private let keptFrom: Instant?
    private let keepsAlerts: Bool
    /// Of the clusters that are configured and known, their keys.
    private let keys: [ClusterID: Int64]
    private let unknown: [ClusterID]
    private let leftOut: [ClusterID]

    init(_ db: Database, path: String, _ question: BacktestQuestion) throws {
        (self.db, self.question, proposal) = (db, question, question.proposal)
        let steps = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations")
        let migrations = Schema.migrator.migrations
        guard steps.allSatisfy(migrations.contains) else { throw BacktestError.newer(path: path) }
        guard steps.contains(Schema.currentHistory) else { throw BacktestError.older(path: path) }
        keepsAlerts = steps.contains(Schema.keptAlerts)
        let keptFrom = try HistoryRetention.keptFrom(db)
        self.keptFrom = keptFrom
        window = Span(from: max(question.window.from, keptFrom ?? question.window.from), to: question.window.to)
        if let keptFrom, window.isEmpty { throw BacktestError.notKept(from: keptFrom) }
        let stored = try Row.fetchAll(db, sql: "SELECT cluster_id, cluster_key FROM clusters").map { row in
            (ClusterID(row[0]), row[1] as Int64)
        }
        let configured = question.proposal.clusters
        keys = Dictionary(stored.filter { configured[$0.0] != nil }) { $1 }
        unknown = configured.keys.filter { [keys] in keys[$0] == nil }.sorted()
        leftOut = stored.map(\.0).filter { configured[$0] == nil }.sorted()
    }

    func run(_ tell: (Instant) -> Void) throws -> BacktestReport {
        // Room for the pages that several tables share.
        try db.execute(sql: "PRAGMA cache_size = -65536")
        var backtest = Backtest(
            proposal,
            silences: keepsAlerts ? try silences() : [],
            record: BacktestRecord(
                window: window,
                noiseBelow: question.noiseBelow,
                flappingWindow: proposal.flappingWindow,
                limit: question.limit
            )
        )
        let contents = try AlertContents(db)
        let clusters = try keys.sorted { $0.key < $1.key }.map { id, key in
            (key, try begin(id, key, in: &backtest, contents))
        }
        var observations = try StoredObservations(db, of: clusters, until: window.to, contents)
        try observations.replay(into: &backtest, tell)
        backtest.advance(before: window.to)
        return BacktestReport(
            window: window,
            keptFrom: keptFrom,
            replayedFrom: clusters.map(\.1.since).min() ?? window.from,
            polled: try polled(),
            notifications: backtest.record.notifications,
            proposed: backtest.record.figures,
            past: keepsAlerts ? try past() : nil,
            unknownClusters: unknown,
            leftOutClusters: leftOut
        )
    }

    private func begin(
        _ id: ClusterID,
        _ key: Int64,
        in backtest: inout Backtest,
        _ contents: AlertContents
    ) throws -> ObservedCluster {
        let beginning = try ReplayBeginning(
            db,
            of: key,
            latest: window.from.advanced(by: .zero - proposal.warmUp),
            keptFrom: keptFrom,
            contents
        )
        backtest.begin(id, with: Array(beginning.links.values), isConfigured: beginning.isConfigured)
        return try ObservedCluster(
            db,
            id,
            key: key,
            tasksInterval: proposal.clusters[id]?.tasksInterval ?? .seconds(300),
            from: beginning,
            awaiting: backtest.awaits(id)
        )
    }

    private func silences() throws -> [Silence] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM silences WHERE starts_at < ? ORDER BY silence_id",
            arguments: [window.to.milliseconds]
        ).compactMap(Silence.init)
    }

    private func past() throws -> BacktestFigures {
        try BacktestFigures(
            db,
            in: window,
            of: Array(keys.values),
            noiseBelow: question.noiseBelow,
            flappingWindow: proposal.flappingWindow
        )
    }

    private func polled() throws -> (Instant, Instant)? {
        let spans = try keys.values.compactMap { key -> (Instant, Instant)? in
            let first = try poll(key, "first_at", "ASC")
            let last = try poll(key, "last_at", "DESC")
            return first.flatMap { first in last.map { (first, $0) } }
        }
        guard let first = spans.map(\.0).min(), let last = spans.map(\.1).max() else { return nil }
        return (first, last)
    }

    private func poll(_ key: Int64, _ column: String, _ order: String) throws -> Instant? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT \(column) FROM poll_runs WHERE cluster_key = ? ORDER BY first_at \(order) LIMIT 1"
            ),
            arguments: [key]
        ).map(Instant.init(milliseconds:))
    }
}
