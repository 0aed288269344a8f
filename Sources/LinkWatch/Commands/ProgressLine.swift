import Console
import Foundation
import Locking

/// One line on a terminal that tells how far long work has come; nothing where standard error is none, or one on which
/// nothing can be taken away.
final class ProgressLine: Sendable {
    private struct State {
        var pace: ProgressPace
        var isShown = false
    }

    private let state = Locked(State(pace: ProgressPace(begun: .now)))
    let isTerminal = isatty(StandardStream.error.rawValue) == 1 && !Terminal.isDumb

    /// Begins anew: what was short so far is not counted.
    func begin() { state.withLock { $0.pace = ProgressPace(begun: .now) } }

    /// Shows the text, where it is time for one.
    func show(_ text: @autoclosure () -> String) {
        guard isTerminal else { return }
        state.withLock { state in
            guard state.pace.shows(at: .now) else { return }
            StandardStream.error.write(
                Self.clearing + Self.fitting(text(), columns: Terminal.size(of: .error)?.columns)
            )
            state.isShown = true
        }
    }

    /// Takes the line away, before anything else is said.
    func clear() {
        state.withLock { state in
            if state.isShown { StandardStream.error.write(Self.clearing) }
            state.isShown = false
        }
    }

    /// What goes on into a second line could not be taken away.
    static func fitting(_ text: String, columns: Int?) -> String {
        columns.map { text.plain.truncated(to: $0 - 1) } ?? text.plain
    }

    /// Back to the line's beginning, and everything after it erased (ECMA-48, EL).
    private static let clearing = "\r\u{1B}[K"
}

/// When a line of progress is worth showing: not for work that is soon done, and not more often than anyone reads.
struct ProgressPace {
    private var next: ContinuousClock.Instant

    init(begun: ContinuousClock.Instant) { next = begun.advanced(by: .milliseconds(500)) }

    mutating func shows(at instant: ContinuousClock.Instant) -> Bool {
        guard instant >= next else { return false }
        next = instant.advanced(by: .milliseconds(100))
        return true
    }
}
