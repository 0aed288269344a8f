import ExactJSON
import Foundation
import Testing

@testable import Querying

/// Thousands of statements, good ones, bad ones and broken ones: whatever becomes of each, nothing becomes of the database.
///
/// A short run here; `make fuzz-sql COUNT=20000 SEED=7` for a long one.
@Suite(.timeLimit(.minutes(10)))
struct FuzzTests {
    @Test func `whatever is asked, the database stays what it was and the next question is answered`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["LINKWATCH_FUZZ_COUNT"].flatMap(Int.init) ?? 200
        let seed = environment["LINKWATCH_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
        try await QueryFixture.with { fixture in
            let before = try Self.contents(beside: fixture.path)
            var grammar = StatementGrammar(seed: seed)
            let statements = (0..<count).map { _ in grammar.statement() }
            var outcomes: [String: Int] = [:]
            // As many at a time as are answered at a time.
            for start in stride(from: 0, to: count, by: fixture.pool.limits.width) {
                let some = statements[start..<min(count, start + fixture.pool.limits.width)]
                try await withThrowingTaskGroup(of: String.self) { group in
                    for sql in some {
                        group.addTask {
                            let begun = ContinuousClock.now
                            let outcome = await fixture.measured(sql)
                            #expect(begun.duration(to: .now) < .milliseconds(2500), "\(sql)")
                            // These would mean that something of ours failed, and not the statement.
                            #expect(!["crashed", "unavailable", "busy", "cancelled"].contains(outcome.words), "\(sql)")
                            return outcome.words
                        }
                    }
                    for try await words in group { outcomes[words, default: 0] += 1 }
                }
            }
            if count > 1000 { print("statements by how they ended: \(outcomes.sorted { $0.key < $1.key })") }
            // The grammar is worth something only while it makes some of each.
            #expect(Set(["answered", "invalid", "not_allowed"]).isSubset(of: outcomes.keys))
            #expect(try Self.contents(beside: fixture.path) == before)
            #expect(try await fixture.rows("SELECT count(*) FROM cluster_links") == [[3]])
        }
    }

    /// Every file of the folder with its bytes: nothing is changed and nothing is added.
    private static func contents(beside path: String) throws -> [String: Data] {
        let folder = URL(filePath: path).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return Dictionary(uniqueKeysWithValues: try files.map { ($0.lastPathComponent, try Data(contentsOf: $0)) })
    }
}
