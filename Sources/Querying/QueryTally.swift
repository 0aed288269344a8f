/// How questions went since the process began.
package struct QueryTally: Sendable, Hashable {
    /// Upper bounds in seconds; the last bucket has none.
    package static let bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5]
    /// The words for how a question can end: answered, cut, or a refusal's reason.
    package static let outcomes = ["answered", "truncated"] + QueryRefusal.reasons

    /// By outcome; each is there.
    package private(set) var counts = Dictionary(uniqueKeysWithValues: outcomes.map { ($0, 0) })
    /// Not cumulative, one more than there are bounds: from a question's arrival to its end.
    package private(set) var durations = [Int](repeating: 0, count: bounds.count + 1)
    private var sum: Duration = .zero

    package var sumInSeconds: Double { sum.seconds }

    package init() {}

    mutating func add(_ outcome: Result<QueryAnswer, QueryRefusal>, after duration: Duration) {
        switch outcome {
        case .success(let answer): counts[answer.cut == nil ? "answered" : "truncated", default: 0] += 1
        case .failure(let refusal): counts[refusal.reason, default: 0] += 1
        }
        durations[Self.bounds.firstIndex { duration.seconds <= $0 } ?? Self.bounds.count] += 1
        sum += duration
    }
}
