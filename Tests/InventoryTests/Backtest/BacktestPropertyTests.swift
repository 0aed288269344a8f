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

    /// Records a history, and gives what was sent and a replay of it, both from an instant on.
    /// - Parameter choose: takes the alerts that there were and the instants of the history; nil for none.
    private static func replay(
        _ history: PlayedHistory,
        from choose: ([Alert], Span) -> Instant? = { $1.from }
    ) async throws -> (sent: [Told], report: BacktestReport)? {
        try await AlertFixture.place { place in
            var history = history
            let beginning = place.clock.now()
            let (sent, window) =
                try await place.life(history.policy) { fixture -> ([Told], Span)? in
                    try await history.record(in: fixture)
                    let all = Span(from: beginning, to: place.clock.now().advanced(by: .seconds(1)))
                    let alerts = try await fixture.inventory.history.alerts(limit: 10_000).map(\.alert)
                    guard let from = choose(alerts, all) else { return nil }
                    let span = Span(from: from, to: all.to)
                    return (Self.told(try await fixture.inventory.history.notifications(in: span)), span)
                } ?? ([], Span(from: beginning, to: beginning))
            guard !window.isEmpty else { return nil }
            let question = BacktestQuestion(PlayedHistory.proposal(history.policy), window: window)
            return (sent, try await InventoryBacktest(of: place.path).run(question))
        }
    }

    @Test(arguments: HistorySeeds.asked(orFirst: 20))
    func whatIsToldIsWhatWasSent(seed: Int) async throws {
        let history = PlayedHistory(seed: seed, leaves: seed.isMultiple(of: 3))
        let (sent, report) = try #require(try await Self.replay(history))
        #expect(Self.told(report.notifications) == sent)
        #expect(report.proposed == report.past)
        #expect(!sent.isEmpty)
    }

    /// What had begun before a window is known, where the replay begins while all has been well for a flapping window.
    @Test(arguments: HistorySeeds.asked(orFirst: 20))
    func aLaterWindowTellsTheSame(seed: Int) async throws {
        let history = PlayedHistory(seed: seed, beats: 480, isCalm: true)
        let (warmUp, window) = (PlayedHistory.proposal(history.policy).warmUp, history.policy.flapping.window)
        let replayed = try await Self.replay(history) { alerts, span in
            let instants = stride(from: span.from.milliseconds + 1_500_000, to: span.to.milliseconds, by: 10_000)
            return instants.map(Instant.init(milliseconds:)).first { instant in
                let start = instant.advanced(by: .zero - warmUp)
                return !alerts.contains {
                    $0.startedAt <= start && $0.resolvedAt.map { $0.advanced(by: window) > start } ?? true
                }
            }
        }
        guard let (sent, report) = replayed else { return }
        #expect(Self.told(report.notifications) == sent)
        #expect(report.proposed == report.past)
    }
}
