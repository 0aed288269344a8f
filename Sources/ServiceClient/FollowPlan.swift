/// Decides how the change feed is followed: from which number on, and what to do about a question that failed.
///
/// The place is moved by an answer and by nothing else, so that whatever is lost is asked for again and nothing is told twice.
package struct FollowPlan: Sendable {
    package enum Step: Sendable, Equatable {
        /// Ask again after so long.
        case comeBack(after: Duration)
        /// No question will ever be granted.
        case giveUp
    }

    package private(set) var position: Int64
    private var failures = 0

    package init(after position: Int64) { self.position = position }

    /// Whether the last question failed.
    package var isLost: Bool { failures > 0 }

    package mutating func took(_ page: ChangePage) {
        position = page.next
        failures = 0
    }

    /// After the n-th failure in a row: half a second, then twice as long each time, 15 s at most.
    package mutating func failed(_ error: ServiceError) -> Step {
        guard error.isPassing else { return .giveUp }
        let delay = Duration.milliseconds(500) * (1 << min(failures, 5))
        failures += 1
        return .comeBack(after: min(delay, .seconds(15)))
    }
}
