import Locking

/// One caller that waits for a poll it asked for; settled once, by whatever comes first.
///
/// Settling is synchronous, so that a cancelled caller is let go without a task of its own.
final class ManualPoll<Report: Sendable>: Sendable {
    typealias Outcome = Result<Report, PollerError>

    private enum State {
        case new
        case awaited(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
    }

    private let state = Locked(State.new)

    var isSettled: Bool {
        state.withLock { if case .settled = $0 { true } else { false } }
    }

    /// The outcome, awaited by one caller.
    var outcome: Outcome {
        get async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { hold($0) }
            } onCancel: {
                settle(.failure(.cancelled))
            }
        }
    }

    /// Gives the outcome to the caller; later ones are ignored.
    func settle(_ outcome: Outcome) {
        let continuation: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            switch state {
            case .new:
                state = .settled(outcome)
                return nil
            case .awaited(let continuation):
                state = .settled(outcome)
                return continuation
            case .settled:
                return nil
            }
        }
        continuation?.resume(returning: outcome)
    }

    private func hold(_ continuation: CheckedContinuation<Outcome, Never>) {
        let settled: Outcome? = state.withLock { state in
            if case .settled(let outcome) = state { return outcome }
            state = .awaited(continuation)
            return nil
        }
        if let settled { continuation.resume(returning: settled) }
    }
}
