import Foundation
import Testing

@testable import Querying

/// What statements cost at most, whatever they do; `make query-limits` prints the table.
@Suite(.timeLimit(.minutes(4)))
struct LimitTests {
    @Test func `no hostile statement takes longer or more memory than it may`() async throws {
        let isShown = ProcessInfo.processInfo.environment["LINKWATCH_QUERY_LIMITS"] != nil
        try await QueryFixture.with { fixture in
            for statement in HostileStatement.all {
                let begun = ContinuousClock.now
                let outcome = await fixture.measured(statement.sql)
                let duration = begun.duration(to: .now)
                #expect(duration < .milliseconds(2500), "\(statement.name) took \(duration)")
                let memory = try #require(outcome.peakMemory, "\(statement.name): \(outcome.words)")
                #expect(memory < 128 << 20, "\(statement.name) had \(memory >> 20) MiB")
                if isShown {
                    let seconds = String(format: "%.2f", duration.seconds)
                    let megabytes = String(format: "%.0f", Double(memory) / 1048576)
                    print("| \(statement.name) | \(seconds) | \(megabytes) | \(outcome.words) |")
                }
            }
        }
    }
}

extension QueryFixture {
    /// How a statement ended, and the most memory that its process had.
    func measured(_ sql: String) async -> (words: String, peakMemory: Int?) {
        let ending = await pool.measured(QueryQuestion(sql: sql), about: source)
        switch ending.outcome {
        case .success(let answer): return (answer.cut.map { "cut at \($0.rawValue)" } ?? "answered", ending.peakMemory)
        case .failure(let refusal): return (refusal.reason, ending.peakMemory)
        }
    }
}
