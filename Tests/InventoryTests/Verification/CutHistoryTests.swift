import ClusterLinks
import Foundation
import GRDB
import NaiveInventory
import Testing

@testable import Inventory

/// Files of whose past parts were deleted: what may be gone is no fault, what may not be is one.
struct CutHistoryTests {
    @Test(arguments: 0..<24) func whatWasBeforeTheKeptTimeMayBeGoneInPart(seed: Int) async throws {
        try await VerificationFixture.with { fixture in
            var random = SeededGenerator(seed: seed)
            let cut = try cut(fixture, using: &random)
            let report = try await fixture.verify()
            #expect(report.findings == [], "\(cut)")
            #expect(report.keptFrom == Instant(milliseconds: cut))
        }
    }

    @Test func whatIsGoneWithoutAWordIsFound() async throws {
        try await VerificationFixture.with { fixture in
            var random = SeededGenerator(seed: 1)
            _ = try cut(fixture, using: &random, isWhole: true)
            try fixture.execute("DELETE FROM retention")
            let report = try await fixture.verify()
            for kind in [Finding.Kind.feed, .change] {
                #expect(report.findingCounts[kind] ?? 0 > 0, "\(kind) of \(report.findingCounts)")
            }
        }
    }

    @Test(arguments: Breakage.all.filter { [.change, .episode].contains($0.kind) })
    func whatIsKeptMustStillBeSound(breakage: Breakage) async throws {
        try await VerificationFixture.with { fixture in
            try fixture.execute("INSERT INTO retention SELECT min(valid_from) + 1 FROM versions; " + breakage.sql)
            let report = try await fixture.verify()
            #expect(report.findings.contains { $0.kind == breakage.kind })
        }
    }

    /// Deletes a part, the oldest first, of what ended before a moment, and says so.
    private func cut(
        _ fixture: VerificationFixture,
        using random: inout SeededGenerator,
        isWhole: Bool = false
    ) throws -> Int64 {
        let file = try DatabaseQueue(path: fixture.path)
        let instants = try file.read {
            try Int64.fetchAll($0, sql: "SELECT DISTINCT valid_from FROM versions ORDER BY 1")
        }
        let middle = instants[instants.count / 4..<instants.count * 3 / 4]
        let cut = (middle.randomElement(using: &random) ?? 0) + Int64.random(in: -1...1, using: &random)
        func part(of table: String, where condition: String, order: String, by key: String) throws {
            try file.write { db in
                let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0
                let limit = isWhole ? count : Int.random(in: 0...count, using: &random)
                try db.execute(
                    sql: """
                        DELETE FROM \(table) WHERE (\(key)) IN
                            (SELECT \(key) FROM \(table) WHERE \(condition) ORDER BY \(order) LIMIT \(limit))
                        """
                )
            }
        }
        try file.write { try $0.execute(sql: "INSERT INTO retention VALUES (?)", arguments: [cut]) }
        try part(
            of: "changes",
            where: "sequence < (SELECT min(sequence) FROM changes WHERE at >= \(cut))",
            order: "sequence",
            by: "sequence"
        )
        try part(
            of: "versions",
            where: """
                valid_from < (SELECT max(valid_from) FROM versions AS last WHERE last.link_key = versions.link_key
                    AND last.valid_from <= \(cut))
                """,
            order: "valid_from",
            by: "link_key, valid_from"
        )
        try part(of: "episode_messages", where: "at < \(cut)", order: "at", by: "link_key, at")
        try part(of: "error_episodes", where: "ended_at <= \(cut)", order: "ended_at", by: "link_key, started_at")
        try part(
            of: "snapshots",
            where: "last_observed_at < \(cut)",
            order: "last_observed_at",
            by: "cluster_key, first_observed_at"
        )
        try part(of: "poll_runs", where: "last_at < \(cut)", order: "last_at", by: "cluster_key, first_at")
        try part(
            of: "configuration_spans",
            where: "valid_to <= \(cut)",
            order: "valid_to",
            by: "cluster_key, valid_from"
        )
        try part(
            of: "change_hours",
            where: "last_sequence < (SELECT min(sequence) FROM changes)",
            order: "hour",
            by: "hour"
        )
        try file.close()
        return cut
    }
}
