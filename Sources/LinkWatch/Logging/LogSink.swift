package import Dispatch
import Locking

/// Brings log lines to standard error in the order in which they came, without ever keeping waiting who logs.
///
/// A pipe that nobody reads blocks whoever writes to it, and a log is written from everywhere, also from where polls are stored
/// and requests answered. So lines wait in a bounded buffer for a queue of their own. What finds it full is left out and
/// counted, and the count is told as soon as lines are taken again. The upper half of the buffer is kept for what matters: lines
/// of the level `info` and below, such as those of requests, only have the lower.
package final class LogSink: Sendable {
    private struct State {
        var lines: [String] = []
        var bytes = 0
        var leftOut = 0
        var isWriting = false
    }

    /// Standard error.
    package static let standardError = LogSink { StandardStream.error.write($0) }

    private let capacity: Int
    private let output: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "linkwatch.log", qos: .utility)
    private let state = Locked(State())

    /// - Parameters:
    ///   - capacity: bytes that wait at most, and as many besides while they are written.
    ///   - write: takes whole lines; may block.
    package init(capacity: Int = 1 << 20, write: @escaping @Sendable (String) -> Void) {
        self.capacity = capacity
        output = write
    }

    /// Takes a line, with its line feed.
    package func add(_ line: String, matters: Bool) {
        let isFirst = state.withLock { state in
            guard state.bytes + line.utf8.count <= (matters ? capacity : capacity / 2) else {
                state.leftOut += 1
                return false
            }
            state.lines.append(line)
            state.bytes += line.utf8.count
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { queue.async { self.write() } }
    }

    /// How many lines were left out since that was last asked: to be told by whoever writes the next line.
    func takeLeftOut() -> Int {
        state.withLock { state in
            // Not while the buffer is full: the line that tells it would be left out, too.
            guard state.leftOut > 0, state.bytes <= capacity / 2 else { return 0 }
            defer { state.leftOut = 0 }
            return state.leftOut
        }
    }

    /// Returns when all that was added is written, or after a while: who ends must not wait for a reader that is gone.
    package func finish(within span: DispatchTimeInterval = .milliseconds(500)) {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + span)
    }

    private func write() {
        while let lines = takeAll() {
            for line in lines { output(line) }
        }
    }

    /// What waits; nil, and whoever comes next begins anew, where nothing does.
    private func takeAll() -> [String]? {
        state.withLock { state in
            guard !state.lines.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { (state.lines, state.bytes) = ([], 0) }
            return state.lines
        }
    }
}
