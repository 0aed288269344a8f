import Alerting
import ClusterLinks
import Inventory

extension AlertFixture.Place {
    /// Replays what lies in the file.
    /// - Parameters:
    ///   - from: seconds after the clock's beginning; likewise `to`, which is the present where it is not given.
    ///   - change: makes another proposal of the fixture's own configuration.
    func backtest(
        _ policy: AlertPolicy = AlertPolicy(),
        from: Int = 0,
        to: Int? = nil,
        limit: Int = 1000,
        of path: String? = nil,
        change: (inout BacktestProposal) -> Void = { _ in }
    ) async throws -> BacktestReport {
        var proposal = PlayedHistory.proposal(policy)
        change(&proposal)
        let end = to.map(instant) ?? clock.now().advanced(by: .milliseconds(1))
        let question = BacktestQuestion(proposal, window: Span(from: instant(from), to: end), limit: limit)
        return try await InventoryBacktest(of: path ?? self.path).run(question)
    }

    func instant(_ seconds: Int) -> Instant { HandClock().now().advanced(by: .seconds(seconds)) }

    /// Records what one link shows in polls ten seconds apart; nil for a poll that fails.
    func record(_ errors: [String?], _ policy: AlertPolicy = AlertPolicy()) async throws {
        try await life(policy) { fixture in
            for error in errors {
                switch error {
                case "fails": await fixture.fail()
                default: try await fixture.poll(error: error)
                }
            }
        }
    }
}

extension AlertPolicy {
    /// Forgets soon, so that a replay need not begin long before its window.
    static let forgetful = AlertPolicy(
        reminderInterval: .zero,
        flapping: AlertPolicy.Flapping(changes: 5, window: .seconds(60))
    )
}

extension BacktestReport {
    /// What was listed, in short.
    var told: [String] {
        notifications.map { notification in
            "\(notification.kind) \(notification.subjects.map { $0.kind.rawValue }.joined(separator: " "))"
        }
    }
}
