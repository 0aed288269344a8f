import Locking

/// Answers questions in SQL, each in a process of its own, a bounded number at a time.
///
/// Callers wait without a thread of the cooperative pool; each running question has one thread that waits for its process.
package final class QueryPool: Sendable {
    private struct State {
        var isStopping = false
        /// Those that run or wait for their turn.
        var present = 0
        var running: [ObjectIdentifier: QueryChild] = [:]
        var tally = QueryTally()
    }

    package let limits: QueryLimits
    private let executable: String
    let suggestion: @Sendable (_ word: String, _ candidates: [String]) -> String?
    private let turnstile: Turnstile
    private let state = Locked(State())
    private let departures = Bell()

    /// - Parameters:
    ///   - executable: a program that calls `QueryProcess.runIfAsked` first; this one, also after its file was replaced.
    ///   - suggestion: the candidate that a misspelt word may mean.
    package init(
        executable: String = "/proc/self/exe",
        limits: QueryLimits = QueryLimits(),
        suggestion: @escaping @Sendable (_ word: String, _ candidates: [String]) -> String? = { _, _ in nil }
    ) {
        self.executable = executable
        self.limits = limits
        self.suggestion = suggestion
        turnstile = Turnstile(width: limits.width)
    }

    /// How questions went so far.
    package var tally: QueryTally { state.withLock(\.tally) }

    /// Questions that are being answered now.
    package var running: Int { state.withLock(\.running.count) }

    /// Answers a question; nothing of its process is left when this returns.
    ///
    /// Cancelling the task ends it at once.
    package func answer(_ question: QueryQuestion, about source: QuerySource) async throws(QueryRefusal) -> QueryAnswer
    {
        try await measured(question, about: source).outcome.get()
    }

    /// How a question ended.
    struct Ending: Sendable {
        let outcome: Result<QueryAnswer, QueryRefusal>
        /// The most memory that its process had, in bytes; nil where there was none or it could not tell.
        var peakMemory: Int?

        static func refused(_ refusal: QueryRefusal) -> Ending { Ending(outcome: .failure(refusal)) }
    }

    func measured(_ question: QueryQuestion, about source: QuerySource) async -> Ending {
        let arrival = ContinuousClock.now
        let ending: Ending
        do throws(QueryRefusal) {
            ending = try await admitted(question, about: source, since: arrival)
        } catch {
            ending = .refused(error)
        }
        state.withLock { $0.tally.add(ending.outcome, after: arrival.duration(to: .now)) }
        return ending
    }

    /// Ends what runs, refuses what comes, and returns when nothing is left.
    package func stop() async {
        let children = state.withLock { state in
            state.isStopping = true
            return Array(state.running.values)
        }
        for child in children { child.kill(.stopping) }
        while true {
            let rings = departures.rings
            guard state.withLock(\.present) > 0 else { return }
            // A stop that is cancelled goes on: what it waits for ends soon anyway.
            guard (try? await departures.wait(after: rings)) != nil else { return }
        }
    }

    private func admitted(
        _ question: QueryQuestion,
        about source: QuerySource,
        since arrival: ContinuousClock.Instant
    ) async throws(QueryRefusal) -> Ending {
        try check(question)
        try enter()
        defer {
            state.withLock { $0.present -= 1 }
            departures.ring()
        }
        let turn = Turn()
        // Whoever waits too long is let go by the other task, unless it has its turn by then.
        return await withTaskGroup(of: Ending?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                let ending = try? await self.turnstile.pass { () async -> Ending in
                    guard turn.take() else { return .refused(.busy) }
                    return await self.run(question, about: source, since: arrival)
                }
                return ending ?? .refused(turn.take() ? .cancelled : .busy)
            }
            group.addTask {
                let isOver = (try? await Task.sleep(for: self.limits.patience)) != nil
                return isOver && turn.take() ? .refused(.busy) : nil
            }
            while let ending = await group.next() {
                if let ending { return ending }
            }
            return .refused(.cancelled)
        }
    }

    /// Something that one of two can take.
    private final class Turn: Sendable {
        private let isTaken = Locked(false)

        func take() -> Bool {
            isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
        }
    }

    private func check(_ question: QueryQuestion) throws(QueryRefusal) {
        let length = question.sql.utf8.count
        guard length <= limits.statementBytes else {
            throw .tooLong(bytes: length, limit: limits.statementBytes)
        }
        guard !question.sql.utf8.contains(0) else { throw .nulCharacter }
        let parameters = question.parameters.byteCount
        guard parameters <= limits.parameterBytes else {
            throw .tooManyParameterBytes(bytes: parameters, limit: limits.parameterBytes)
        }
    }

    private func enter() throws(QueryRefusal) {
        try state.withLock { state throws(QueryRefusal) in
            guard !state.isStopping else { throw .stopping }
            guard state.present < limits.width + limits.waiting else { throw .busy }
            state.present += 1
        }
    }

    private func run(
        _ question: QueryQuestion,
        about source: QuerySource,
        since arrival: ContinuousClock.Instant
    ) async -> Ending {
        let child = QueryChild()
        let isStopping = state.withLock { state in
            if !state.isStopping { state.running[ObjectIdentifier(child)] = child }
            return state.isStopping
        }
        if isStopping { return .refused(.stopping) }
        let message = QuestionMessage(question, about: source, within: limits).encoded
        let outcome = await withTaskCancellationHandler {
            await child.run(
                executable,
                question: message,
                limit: limits.bytes,
                until: arrival.advanced(by: limits.wholeTime)
            )
        } onCancel: {
            child.kill(.cancelled)
        }
        state.withLock { _ = $0.running.removeValue(forKey: ObjectIdentifier(child)) }
        return ending(of: outcome, to: question, about: source)
    }

    private func ending(
        of outcome: QueryChild.Outcome,
        to question: QueryQuestion,
        about source: QuerySource
    ) -> Ending {
        switch outcome {
        case .notStarted(let reason): return .refused(.unavailable(reason: "no process can be started: \(reason)"))
        case .crashed(let signal): return .refused(.crashed(signal: signal))
        case .killed(.late, let peakMemory):
            return Ending(outcome: .failure(.timeLimit(limits.time)), peakMemory: peakMemory)
        case .killed(.cancelled, _): return .refused(.cancelled)
        case .killed(.stopping, _): return .refused(.stopping)
        case .ended(let rows, let report):
            guard let (message, peakMemory) = ReportMessage.read(report) else {
                return .refused(.unavailable(reason: "the process of the statement did not say how it went"))
            }
            switch message {
            case .refused(let refusal):
                return Ending(outcome: .failure(self.refusal(refusal, about: source)), peakMemory: peakMemory)
            case .answered(let answered):
                let answer = QueryAnswer(
                    format: question.format,
                    columns: answered.columns,
                    rowCount: answered.rowCount,
                    cut: answered.cut,
                    duration: answered.duration,
                    rows: rows
                )
                return Ending(outcome: .success(answer), peakMemory: peakMemory)
            }
        }
    }
}

extension QueryParameters {
    /// Bytes of the texts among the values and of the names, and eight for each other value.
    fileprivate var byteCount: Int {
        func size(_ value: QueryValue) -> Int {
            if case .text(let text) = value { text.utf8.count } else { 8 }
        }
        return switch self {
        case .positional(let values): values.reduce(0) { $0 + size($1) }
        case .named(let values): values.reduce(0) { $0 + size($1.value) + $1.name.utf8.count }
        }
    }
}
