import HTTPServing
import Locking

/// Finished answers about the present, by what was asked, as long as nothing changes.
final class AnswerCache: Sendable {
    private struct State {
        var generation: UInt64 = 0
        var answers: [String: Representation] = [:]
        var bytes = 0
    }

    private let state = Locked(State())
    private let byteLimit: Int

    /// - Parameter byteLimit: how much is kept of questions and answers together, without their gzip forms; what does not
    ///   fit makes room by dropping all that is there, since nobody asks ten thousand different questions twice.
    init(byteLimit: Int = 64 << 20) { self.byteLimit = byteLimit }

    /// The answer to a question as of a generation, made now if it was not asked before.
    func answer(
        to question: String,
        generation: UInt64,
        make: () throws -> Representation
    ) rethrows -> Representation {
        let known = state.withLock { state in
            if state.generation < generation { state = State(generation: generation) }
            return state.generation == generation ? state.answers[question] : nil
        }
        if let known { return known }
        let made = try make()
        let size = question.utf8.count + made.body.count
        state.withLock { state in
            guard state.generation == generation, state.answers[question] == nil, size <= byteLimit else { return }
            if state.bytes + size > byteLimit { state = State(generation: generation) }
            state.answers[question] = made
            state.bytes += size
        }
        return made
    }
}
