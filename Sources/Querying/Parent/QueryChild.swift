import Foundation
import Locking

/// The process of one question, from its start to its end.
///
/// It is started, talked to and waited for on one thread of its own, which is its parent in the kernel's eyes as well: it dies
/// with that thread. Whoever wants it to end earlier kills it from anywhere.
final class QueryChild: Sendable {
    /// Why it was ended before it was done.
    enum Killing: Sendable {
        case late, cancelled, stopping
    }

    /// How it went.
    enum Outcome: Sendable {
        /// What it said until it ended by itself, none of it checked.
        case ended(rows: [UInt8], report: [UInt8])
        case killed(Killing, peakMemory: Int?)
        /// It ended without a report.
        case crashed(signal: Int32)
        case notStarted(reason: String)
    }

    private struct State {
        /// While it can be killed.
        var id: pid_t?
        var killing: Killing?
        var peakMemory: Int?
    }

    private let state = Locked(State())
    private let stackBytes: Int

    /// - Parameter stackBytes: of its thread.
    init(stackBytes: Int = 1 << 20) { self.stackBytes = stackBytes }

    /// Ends it at once; what has ended stays as it is.
    func kill(_ killing: Killing) {
        state.withLock { state in
            guard state.killing == nil else { return }
            state.killing = killing
            guard let id = state.id else { return }
            if killing == .late { state.peakMemory = PeakMemory.ofProcess(String(id)) }
            Foundation.kill(id, SIGKILL)
        }
    }

    /// Lives its life; returns when nothing of it is left.
    func run(
        _ executable: String,
        question: [UInt8],
        limit: Int,
        until deadline: ContinuousClock.Instant
    ) async -> Outcome {
        await withCheckedContinuation { continuation in
            do throws(DetachedThread.Failure) {
                try DetachedThread.start(stackBytes: stackBytes) {
                    Thread.current.name = "query"
                    continuation.resume(
                        returning: self.live(executable, question: question, limit: limit, until: deadline)
                    )
                }
            } catch {
                continuation.resume(returning: .notStarted(reason: String(cString: strerror(error.code))))
            }
        }
    }

    private func live(
        _ executable: String,
        question: [UInt8],
        limit: Int,
        until deadline: ContinuousClock.Instant
    ) -> Outcome {
        let started = Result { () throws(ProcessLaunch.Failure) in try ProcessLaunch.start(executable) }
        guard case .success(let (id, socket)) = started else {
            if case .failure(let failure) = started { return .notStarted(reason: failure.reason) }
            return .notStarted(reason: "")
        }
        let wasKilled = state.withLock { state in
            state.id = id
            return state.killing != nil
        }
        if wasKilled { Foundation.kill(id, SIGKILL) }
        var talk = Talk(socket: socket, question: question, limit: limit)
        if talk.hold(until: deadline) != .finished { kill(.late) }
        close(socket)
        // It has nothing more to say, whatever it may still do.
        Foundation.kill(id, SIGKILL)
        let signal = reap(id)
        let (killing, peakMemory) = state.withLock { ($0.killing, $0.peakMemory) }
        if let report = talk.reader.report, killing == nil { return .ended(rows: talk.reader.rows, report: report) }
        if let killing { return .killed(killing, peakMemory: peakMemory) }
        return .crashed(signal: signal)
    }

    /// Waits for its end, and lets go of its id before that can be another's.
    /// - Returns: the signal that ended it, or 0.
    private func reap(_ id: pid_t) -> Int32 {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return state.withLock { state in
            state.id = nil
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            // As wait(2) lays the status out.
            return status & 0x7F
        }
    }
}
