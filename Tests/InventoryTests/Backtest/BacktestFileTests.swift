import Alerting
import ClusterLinks
import Foundation
import GRDB
import Logging
import Testing

@testable import Inventory

/// Which files are replayed, and how much of them.
struct BacktestFileTests {
    private static let pattern: [String?] = ["TIMEOUT_ERROR", "TIMEOUT_ERROR", nil, nil]

    @Test func aRunningServicesFileAndABackupTellTheSame() async throws {
        try await AlertFixture.place { place in
            try await place.life { fixture in
                for error in Self.pattern { try await fixture.poll(error: error) }
                let beside = try await place.backtest()
                #expect(beside.told == ["firing link_error", "resolved link_error"])
                #expect(beside.proposed == beside.past)
                let copy = place.path + ".backup"
                _ = try await InventoryBackup(of: place.path, to: copy).run()
                // The service goes on, and the backup stands.
                for error in Self.pattern { try await fixture.poll(error: error) }
                #expect(try await place.backtest(of: copy).told == beside.told)
                #expect(try await place.backtest().proposed.notifications.firing == 2)
            }
        }
    }

    @Test func aWindowBeginsWhereThePastIsKept() async throws {
        try await AlertFixture.place { place in
            let kept = place.instant(525)
            try await place.life(.forgetful) { fixture in
                for _ in 0..<25 { for error in Self.pattern { try await fixture.poll(error: error) } }
                _ = try await fixture.deliverAll()
                let retention = Retention(
                    inventory: fixture.inventory,
                    policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
                    time: fixture.clock,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                _ = try await retention.letGo(before: kept)
            }
            let report = try await place.backtest(.forgetful)
            #expect(report.keptFrom == kept)
            #expect(report.window.from == kept)
            #expect(report.replayedFrom == kept)
            #expect(report.proposed.notifications.firing == 12)
            let error = await #expect(throws: BacktestError.self) { try await place.backtest(from: 0, to: 525) }
            #expect(error?.description.contains("the past is kept from \(kept) on") == true)
        }
    }

    @Test func theFilesOfEarlierVersionsAreReplayedWhereTheirHistoryIsKeptAsNow() async throws {
        for fixture in SchemaFixture.released {
            try await fixture.withCopy { copy in
                let clusters = try await DatabaseQueue(path: copy.path).read { db in
                    try String.fetchAll(db, sql: "SELECT cluster_id FROM clusters").map { ClusterID($0) }
                }
                let rules = BacktestProposal.Cluster(rules: AlertRules())
                let proposal = BacktestProposal(clusters: Dictionary(clusters.map { ($0, rules) }) { $1 })
                let window = Span(from: Instant(milliseconds: 0), to: copy.now)
                let backtest = InventoryBacktest(of: copy.path)
                guard fixture.name != "schema-1" else {
                    let error = await #expect(throws: BacktestError.self) {
                        try await backtest.run(BacktestQuestion(proposal, window: window))
                    }
                    #expect(error?.description.contains("older linkwatch") == true)
                    return
                }
                let report = try await backtest.run(BacktestQuestion(proposal, window: window))
                let keepsAlerts = try fixture.record().schema.contains("4 alerts")
                #expect((report.past != nil) == keepsAlerts, "\(fixture)")
                #expect(report.proposed.alerts > 0, "\(fixture)")
            }
        }
    }

    @Test func whatCannotBeReplayedIsSaidInASentence() async throws {
        try await AlertFixture.place { place in
            let missing = await #expect(throws: BacktestError.self) { try await place.backtest() }
            #expect(missing?.description.contains("there is no file \(place.path)") == true)
            try await place.record(Self.pattern)
            let file = try DatabaseQueue(path: place.path)
            try await file.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 tomorrow')") }
            try file.close()
            let newer = await #expect(throws: BacktestError.self) { try await place.backtest() }
            #expect(newer?.description.contains("newer linkwatch") == true)
            try Data("no database".utf8).write(to: URL(filePath: place.path))
            let broken = await #expect(throws: BacktestError.self) { try await place.backtest() }
            #expect(broken?.description.contains("is no database") == true)
        }
    }

    /// A change each second over fourteen hours: whoever reads an hour of it holds little more than what was asked for.
    @Test func newsIsReadAheadByNoMoreThanAMinuteAndAPage() async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            let path = folder.appending(path: "test.db").path
            let bulk = BulkHistory(versions: 50_000, links: 100)
            try bulk.write(to: path)
            try await DatabaseQueue(path: path).read { db in
                var stream = try StoredNewsStream(db, in: Span(from: bulk.start, to: bulk.end))
                var (given, last, most) = (0, Int64.min, 0)
                for second in stride(from: 0, to: bulk.versions, by: 10) where !stream.isAtEnd {
                    let asked = bulk.instant(of: second).milliseconds
                    guard asked > stream.readThrough else { continue }
                    try stream.read(through: asked) { news in
                        #expect(news.at >= last)
                        (given, last) = (given + 1, news.at)
                    }
                    #expect(given > second)
                    most = max(most, given - second)
                }
                #expect(given == bulk.versions)
                #expect(most <= 330)
            }
        }
    }
}
