package import Alerting
package import ClusterLinks

/// What is to be replayed, and how it is counted.
package struct BacktestQuestion: Sendable {
    package var proposal: BacktestProposal
    package var window: Span
    /// An incident that is over sooner was noise.
    package var noiseBelow: Duration
    /// How many notifications are listed; all are counted.
    package var limit: Int

    package init(
        _ proposal: BacktestProposal,
        window: Span,
        noiseBelow: Duration = .seconds(300),
        limit: Int = 1000
    ) {
        self.proposal = proposal
        self.window = window
        self.noiseBelow = noiseBelow
        self.limit = limit
    }
}
