import Alerting
import ClusterLinks
import Inventory
import NaiveInventory
import Testing

/// Replayed with the configuration that was in force, the past tells what it told.
struct BacktestPropertyTests {
    /// A notification as both sides know it.
    private struct Told: Hashable, Comparable, CustomStringConvertible {
        let at: Instant
        let kind: String
        let id: String

        static func < (left: Told, right: Told) -> Bool {
            (left.at, left.kind, left.id) < (right.at, right.kind, right.id)
        }

        var description: String { "\(at) \(kind) \(id)" }
    }

    private static func told(_ rows: [NotificationRow]) -> [Told] {
        rows.map { Told(at: $0.at, kind: $0.kind, id: $0.id) }.sorted()
    }

    private static func told(_ notifications: [BacktestNotification]) -> [Told] {
        notifications.map { Told(at: $0.at, kind: $0.kind.rawValue, id: $0.id) }.sorted()
    }

    /// Records a history and replays it from its beginning, or from a later instant.
    private static func replay(
        _ history: PlayedHistory,
        after delay: Duration = .zero
    ) async throws -> (sent: [Told], report: BacktestReport) {
        try await AlertFixture.place { place in
            var history = history
            let from = place.clock.now().advanced(by: delay)
            let sent = try await place.life(history.policy) { fixture in
                try await history.record(in: fixture)
                let span = Span(from: from, to: place.clock.now().advanced(by: .seconds(1)))
                return Self.told(try await fixture.inventory.history.notifications(in: span))
            }
            let window = Span(from: from, to: place.clock.now().advanced(by: .seconds(1)))
            let backtest = InventoryBacktest(of: place.path)
            let question = BacktestQuestion(PlayedHistory.proposal(history.policy), window: window)
            return (sent, try await backtest.run(question))
        }
    }

    @Test(arguments: HistorySeeds.asked(orFirst: 20))
    func whatIsToldIsWhatWasSent(seed: Int) async throws {
        let (sent, report) = try await Self.replay(PlayedHistory(seed: seed, leaves: seed.isMultiple(of: 3)))
        #expect(Self.told(report.notifications) == sent)
        #expect(report.proposed == report.past)
        #expect(!sent.isEmpty)
    }

    @Test(arguments: HistorySeeds.asked(orFirst: 20))
    func aLaterWindowTellsTheSame(seed: Int) async throws {
        let history = PlayedHistory(seed: seed, beats: 480)
        let (sent, report) = try await Self.replay(history, after: .seconds(3000))
        #expect(Self.told(report.notifications) == sent)
    }
}
