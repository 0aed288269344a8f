/// What happens to a simulated fleet and when: events in order of time, without a clock of its own.
///
/// A script is an opening, which holds before the first request, and rounds of equal length that repeat for ever; each
/// round is made from its number, so that rounds may differ and yet repeat with the seed.
package struct SimulatorScript: Sendable {
    /// One event at its instant, counted from the start of the script.
    package struct Step: Sendable, Equatable {
        package var at: Duration
        package var event: SimulatedEvent

        package init(at: Duration, _ event: SimulatedEvent) {
            self.at = at
            self.event = event
        }
    }

    /// What holds from the start.
    package let opening: [SimulatedEvent]
    private let roundLength: Duration
    private let round: @Sendable (Int) -> [Step]
    private var roundNumber = 0
    private var ahead: [Step]

    /// - Parameters:
    ///   - opening: applied before anybody asks.
    ///   - roundLength: must be positive; steps of a round lie in `0..<roundLength` of it.
    ///   - round: the steps of the round of that number, the first being 0, in any order.
    package init(
        opening: [SimulatedEvent] = [],
        roundLength: Duration,
        round: @escaping @Sendable (Int) -> [Step]
    ) {
        self.opening = opening
        self.roundLength = roundLength
        self.round = round
        ahead = Self.sorted(round(0))
    }

    /// A script that never does anything.
    package static let quiet = SimulatorScript(roundLength: .seconds(3_600)) { _ in [] }

    /// The instant at which there is something to do or to look again.
    package var nextInstant: Duration {
        ahead.first?.at ?? roundLength * (roundNumber + 1)
    }

    /// Takes the events that are due up to and including `instant`, in order; each is given once.
    package mutating func events(upTo instant: Duration) -> [SimulatedEvent] {
        var due: [SimulatedEvent] = []
        while nextInstant <= instant {
            if ahead.isEmpty {
                roundNumber += 1
                let start = roundLength * roundNumber
                ahead = Self.sorted(round(roundNumber).map { Step(at: $0.at + start, $0.event) })
            } else {
                due.append(ahead.removeFirst().event)
            }
        }
        return due
    }

    /// By time, and in the given order at one time.
    private static func sorted(_ steps: [Step]) -> [Step] {
        steps.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}
