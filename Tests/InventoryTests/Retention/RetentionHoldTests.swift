import ClusterLinks
import Foundation
import Inventory
import Testing

/// How long retention keeps others waiting, beside polls that bring news every 10 ms.
///
/// `make bench-retention` runs it over a million versions and tells the figures, on whatever disk holds temporary files.
struct RetentionHoldTests {
    private static let versions = ProcessInfo.processInfo.environment["RETENTION_VERSIONS"].flatMap { Int($0) }

    @Test func pollsAreRecordedBetweenThePieces() async throws {
        let bulk = BulkHistory(versions: Self.versions ?? 20_000, links: (Self.versions ?? 20_000) / 100)
        try await BulkFixture.with(bulk, isVolatile: Self.versions == nil) { fixture in
            let end = bulk.instant(of: bulk.versions / 10 * 9)
            let polls = Polls(fixture)
            let alone = try await polls.record(count: Self.versions == nil ? 5 : 1500)
            let start = ContinuousClock.now
            let (report, beside) = try await withThrowingTaskGroup { group in
                group.addTask { try await polls.recordUntilCancelled() }
                let report = try await fixture.retention().letGo(before: end)
                group.cancelAll()
                return (report, try await group.next() ?? [])
            }
            #expect(report.rows > bulk.versions * 2)
            #expect(!beside.isEmpty)
            guard Self.versions != nil else { return }
            print(
                """
                \(report.rows) rows in \(report.pieces) pieces and \((ContinuousClock.now - start).seconds) s, \
                \(report.bytesGivenBack) bytes given back
                writer held for at most \(milliseconds(report.longestHold)) ms, by at most \(report.largestPiece) rows
                a poll with news, alone: \(text(of: alone))
                a poll with news, beside: \(text(of: beside))
                """
            )
        }
    }

    private func text(of durations: [Duration]) -> String {
        let sorted = durations.sorted()
        let parts = [("p50", 0.5), ("p99", 0.99), ("longest", 1)].map { name, part in
            "\(name) \(milliseconds(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))])) ms"
        }
        return "\(sorted.count) of them, \(parts.joined(separator: ", "))"
    }

    private func milliseconds(_ duration: Duration) -> String { String(format: "%.1f", duration.seconds * 1000) }
}

/// Polls of a small cluster beside the large one, each of which tells of another error.
private struct Polls {
    private static let cluster = ClusterID("lkc-small")
    private let inventory: InventoryStore
    private let clock: HandClock

    init(_ fixture: BulkFixture) { (inventory, clock) = (fixture.inventory, fixture.clock) }

    func record(count: Int) async throws -> [Duration] {
        await inventory.configure([BulkHistory.cluster, Self.cluster].map { ClusterDescription(id: $0) })
        var durations: [Duration] = []
        for number in 0..<count {
            durations.append(try await record("alone-\(number)"))
            // The pace at which polls are measured, alone and beside a pass.
            try await Task.sleep(for: .milliseconds(10))
        }
        return durations
    }

    func recordUntilCancelled() async throws -> [Duration] {
        var durations: [Duration] = []
        while !Task.isCancelled {
            durations.append(try await record("beside-\(durations.count)"))
            // As above; it ends early with the pass.
            try? await Task.sleep(for: .milliseconds(10))
        }
        return durations
    }

    private func record(_ error: String) async throws -> Duration {
        clock.advance(by: .milliseconds(10))
        let start = ContinuousClock.now
        try await inventory.list([item("orders", error: error)], on: Self.cluster, at: clock.now())
        return .now - start
    }
}
