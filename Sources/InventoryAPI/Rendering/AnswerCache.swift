import HTTPServing
import Synchronization

/// Finished answers about the present, by what was asked, as long as nothing changes.
final class AnswerCache: Sendable {
    private struct State {
        var generation: UInt64 = 0
        var answers: [String: Representation] = [:]
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: how many answers are kept; one more makes room by dropping them all.
    init(limit: Int = 512) { self.limit = limit }

    /// The answer to a question as of a generation, made now if it was not asked before.
    func answer(
        to question: String,
        generation: UInt64,
        make: () throws -> Representation
    ) rethrows -> Representation {
        let known = state.withLock { state in
            if state.generation != generation { state = State(generation: generation) }
            return state.answers[question]
        }
        if let known { return known }
        let made = try make()
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.answers.count >= limit { state.answers = [:] }
            state.answers[question] = made
        }
        return made
    }
}
