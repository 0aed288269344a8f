/// What a simulated year is full of; each is played on a file of its own, so that its bytes are its own.
enum GrowthScenario: String, CaseIterable {
    /// Polls that find nothing new, and a restart of the service every week.
    case quiet
    /// One poll in a thousand fails.
    case failing
    /// One poll in a thousand finds a link in another of four conditions that it has been in before.
    case flapping
    /// One poll in a thousand finds a link with another set of topics.
    case topics
    /// One poll in a thousand finds a broken link with another error message.
    case messages

    /// How many of the polls bring something.
    var share: Double { self == .quiet ? 0 : 0.001 }

    var restartsWeekly: Bool { self == .quiet }
}
