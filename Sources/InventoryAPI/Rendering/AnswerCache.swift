import HTTPServing
import Locking

/// Finished answers about the present, by what was asked, as long as nothing changes.
final class AnswerCache: Sendable {
    private struct Entry {
        let question: ArraySlice<UInt8>
        let answer: Representation
    }

    private struct State {
        var generation: UInt64 = 0
        /// By the hash of the question; those of equal hashes one after the other.
        var entries: [Int: [Entry]] = [:]
        var bytes = 0

        func answer(to question: ArraySlice<UInt8>, hash: Int) -> Representation? {
            entries[hash]?.first { $0.question == question }?.answer
        }
    }

    private let state = Locked(State())
    private let byteLimit: Int

    /// - Parameter byteLimit: how much is kept of questions and answers together, without their gzip forms; what does not
    ///   fit makes room by dropping all that is there, since nobody asks ten thousand different questions twice.
    init(byteLimit: Int = 64 << 20) { self.byteLimit = byteLimit }

    /// The answer to a question as of a generation, if it was asked before; the bytes of the question say all of it.
    func known(_ question: ArraySlice<UInt8>, generation: UInt64) -> Representation? {
        let hash = Self.hash(question)
        return state.withLock { state in
            state.generation == generation ? state.answer(to: question, hash: hash) : nil
        }
    }

    /// The answer to a question as of a generation, made now if it was not asked before.
    func answer(
        to question: ArraySlice<UInt8>,
        generation: UInt64,
        make: () throws -> Representation
    ) rethrows -> Representation {
        if let known = known(question, generation: generation) { return known }
        let made = try make()
        let size = question.count + made.length
        let hash = Self.hash(question)
        state.withLock { state in
            if state.generation < generation { state = State(generation: generation) }
            guard state.generation == generation, state.answer(to: question, hash: hash) == nil, size <= byteLimit
            else { return }
            if state.bytes + size > byteLimit { state = State(generation: generation) }
            state.entries[hash, default: []].append(Entry(question: ArraySlice(Array(question)), answer: made))
            state.bytes += size
        }
        return made
    }

    private static func hash(_ question: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        question.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
