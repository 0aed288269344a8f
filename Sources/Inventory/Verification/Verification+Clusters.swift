import GRDB

extension Verification {
    /// Looks at each cluster with its snapshots, runs of polls and times in the configuration.
    mutating func verifyClusters(_ fleet: FleetChanges) throws {
        var clusters = try RowStream(
            db,
            "SELECT cluster_key, cluster_id, configured FROM clusters ORDER BY cluster_key"
        ) { row in
            (key: try row.number(0), id: try row.text(1) ?? "", isConfigured: try row.number(2) != 0)
        }
        var snapshots = try RowStream<SnapshotEntry>.snapshots(db)
        var runs = try RowStream<PollRunEntry>.pollRuns(db)
        var spans = try RowStream<ConfigurationEntry>.configuration(db)
        while let cluster = try clusters.next(where: { _ in true }) {
            report.counts.clusters += 1
            let subject = FindingSubject.cluster(id: cluster.id)
            while let head = snapshots.head, head.cluster < cluster.key { try snapshots.advance() }
            while let head = runs.head, head.cluster < cluster.key { try runs.advance() }
            while let head = spans.head, head.cluster < cluster.key { try spans.advance() }
            var snapshotCheck = SnapshotCheck(of: subject)
            while let snapshot = try snapshots.next(where: { $0.cluster == cluster.key }) {
                report.counts.snapshots += 1
                snapshotCheck.take(snapshot, &findings)
            }
            snapshotCheck.finish(&findings)
            var runCheck = PollRunCheck(of: subject)
            while let run = try runs.next(where: { $0.cluster == cluster.key }) {
                report.counts.pollRuns += 1
                runCheck.take(run, &findings)
            }
            var configurationCheck = ConfigurationCheck(
                of: subject,
                isConfigured: cluster.isConfigured,
                kept: kept,
                told: fleet[cluster.key]
            )
            while let span = try spans.next(where: { $0.cluster == cluster.key }) {
                configurationCheck.take(span, &findings)
            }
            configurationCheck.finish(&findings)
        }
    }
}

extension RowStream<SnapshotEntry> {
    static func snapshots(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT cluster_key, first_observed_at, last_observed_at, digest IS NOT NULL FROM snapshots
            ORDER BY cluster_key, first_observed_at
            """
        ) { row in
            SnapshotEntry(
                cluster: try row.number(0),
                firstObservedAt: try row.number(1),
                lastObservedAt: try row.numberOrNull(2),
                hasDigest: try row.number(3) != 0
            )
        }
    }
}

extension RowStream<PollRunEntry> {
    static func pollRuns(_ db: Database) throws -> Self {
        try RowStream(
            db,
            """
            SELECT cluster_key, first_at, last_at, count, failure IS NULL, successes_before FROM poll_runs
            ORDER BY cluster_key, first_at
            """
        ) { row in
            PollRunEntry(
                cluster: try row.number(0),
                firstAt: try row.number(1),
                lastAt: try row.number(2),
                count: try row.number(3),
                isSuccess: try row.number(4) != 0,
                successesBefore: try row.number(5)
            )
        }
    }
}

extension RowStream<ConfigurationEntry> {
    static func configuration(_ db: Database) throws -> Self {
        try RowStream(
            db,
            "SELECT cluster_key, valid_from, valid_to FROM configuration_spans ORDER BY cluster_key, valid_from"
        ) { row in
            ConfigurationEntry(
                cluster: try row.number(0),
                validFrom: try row.number(1),
                validTo: try row.numberOrNull(2)
            )
        }
    }
}
