import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Locking
import Testing

@testable import Inventory

/// What is said of a file that is sound, and of one that is not.
struct InventoryVerifierTests {
    @Test func aSoundFileIsSoundAndCounted() async throws {
        try await VerificationFixture.with { fixture in
            let report = try await fixture.verify()
            #expect(report.findings == [])
            #expect(report.isSound && report.areRowsVerified)
            #expect(report.schema == Schema.migrator.migrations)
            #expect(report.pendingMigrations == [] && report.keptFrom == nil)
            let file = try DatabaseQueue(path: fixture.path)
            for (table, count) in [
                ("clusters", report.counts.clusters), ("links", report.counts.links),
                ("versions", report.counts.versions), ("changes", report.counts.changes),
                ("error_episodes", report.counts.episodes), ("episode_messages", report.counts.messages),
                ("snapshots", report.counts.snapshots), ("poll_runs", report.counts.pollRuns),
                ("documents", report.counts.documents),
            ] {
                let stored = try await file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
                #expect(stored == count && count > 0, "\(table)")
            }
            #expect(report.sequences == 1...Int64(report.counts.changes))
        }
    }

    @Test(arguments: Breakage.all) func aBrokenRuleIsFound(breakage: Breakage) async throws {
        try await VerificationFixture.with { fixture in
            try fixture.execute(breakage.sql)
            let report = try await fixture.verify()
            #expect(!report.isSound)
            let found = report.findings.filter { $0.kind == breakage.kind }.map(\.message)
            #expect(found.contains { $0.contains(breakage.message) }, "\(report.findings.map(\.message))")
        }
    }

    @Test func aFindingNamesWhatItIsAboutAndWhen() async throws {
        try await VerificationFixture.with { fixture in
            try fixture.execute(
                """
                UPDATE changes SET kind = 1 WHERE sequence = (SELECT max(sequence) FROM changes JOIN links USING (link_key)
                    WHERE kind = 0 AND link_name = 'orders' AND cluster_link_id = 'ordersFirstIncarnatn00')
                """
            )
            let finding = try #require(try await fixture.verify().findings.first)
            let sequence = try #require(finding.sequence)
            #expect(finding.clusterID == "lkc-north")
            #expect(finding.linkName == "orders")
            #expect(finding.clusterLinkID == "ordersFirstIncarnatn00")
            #expect(finding.at != nil)
            #expect(
                finding.message
                    == "link orders (ordersFirstIncarnatn00) of cluster lkc-north: change \(sequence) is created where the versions say changed"
            )
        }
    }

    @Test func theFirstOfEachKindAreKeptAndAllAreCounted() async throws {
        try await VerificationFixture.with { fixture in
            try fixture.execute("UPDATE documents SET digest = digest + 1; DELETE FROM change_hours WHERE hour = 0")
            let report = try await fixture.verify()
            #expect(report.counts.documents > 20)
            #expect(report.findings.count == 20)
            #expect(report.findingCounts == [.document: report.counts.documents])
        }
    }

    @Test func whatIsReferredToNoMoreIsCountedAndNoFault() async throws {
        try await VerificationFixture.with { fixture in
            let before = try await fixture.verify().counts.unreferredDocuments
            let content = LinkContent(canonical: ["link_name": "nobody's"])
            try fixture.execute(
                "INSERT INTO documents (digest, health, body) VALUES (\(content.digest.hint), 0, '{\"link_name\":\"nobody''s\"}')"
            )
            let report = try await fixture.verify()
            #expect(report.findings == [])
            #expect(report.counts.unreferredDocuments == before + 1)
        }
    }

    @Test func anEpisodeThatEndedWithinAVersionIsCountedAndNoFault() async throws {
        try await VerificationFixture.with { fixture in
            try fixture.execute(
                """
                UPDATE error_episodes SET ended_at = ended_at - 1, last_observed_at = NULL WHERE (link_key, started_at) =
                    (SELECT link_key, started_at FROM error_episodes WHERE ended_at IS NOT NULL LIMIT 1)
                """
            )
            let report = try await fixture.verify()
            #expect(report.findings == [])
            #expect(report.counts.brokenOffEpisodes == 1)
        }
    }

    @Test func ofAnOlderSchemaItIsToldWhichStepAServiceWouldAdd() async throws {
        try await SchemaFixture(name: "schema-1").withCopy { copy in
            let report = try await InventoryVerifier(of: copy.path).run()
            #expect(report.isSound)
            #expect(report.schema == ["1 inventory"])
            #expect(report.pendingMigrations.first == "2 spans")
            #expect(!report.areRowsVerified)
        }
    }

    @Test func aFileThatAServiceWritesIsVerifiedAsItWasAtOneMoment() async throws {
        try await VerificationFixture.with { fixture in
            let inventory = try InventoryDatabase(path: fixture.path)
            let sequences = try await fixture.verify().sequences
            let files = try fixture.files
            let commits = Locked(0)
            let report = try await InventoryVerifier(of: fixture.path).run { _ in
                // A change without its version, as it is between two statements and never between two commits.
                try? inventory.pool.write { db in
                    try db.execute(sql: "INSERT INTO changes (at, kind, cluster_key) VALUES (0, 0, 1)")
                }
                commits.withLock { $0 += 1 }
            }
            #expect(report.findings == [] && report.sequences == sequences)
            #expect(commits.withLock(\.self) > 5)
            #expect(try fixture.files == files)
            #expect(try await !fixture.verify().isSound)
            try inventory.close()
        }
    }

    @Test func aFileAtRestIsLeftAsItIs() async throws {
        try await VerificationFixture.with { fixture in
            let (files, mark) = (try fixture.files, try FileMark(path: fixture.path))
            let seen = Locked<Set<String>>([])
            _ = try await InventoryVerifier(of: fixture.path).run { _ in
                seen.withLock { $0.formUnion((try? fixture.files) ?? []) }
            }
            #expect(seen.withLock(\.self) == files && files == ["linkwatch.db"])
            #expect(try FileMark(path: fixture.path) == mark)
        }
    }

    @Test func aBackupIsVerified() async throws {
        try await VerificationFixture.with { fixture in
            let backup = fixture.folder.appending(path: "backup.db").path
            _ = try await InventoryBackup(of: fixture.path, to: backup).run()
            let (report, original) = (try await InventoryVerifier(of: backup).run(), try await fixture.verify())
            #expect(report.isSound && report.counts == original.counts)
            #expect(try fixture.files == ["linkwatch.db", "backup.db"])
        }
    }
}
