import Console
import Foundation
import ServiceClient

/// The same question again and again: on a terminal its newest answer in the place of the last, else one after the other.
struct Watching {
    let every: Duration
    let form: OutputOptions.Form

    /// Runs until a signal; a service that is away for a while is told and asked again.
    func run(_ answer: @escaping @Sendable () async throws -> String) async throws {
        let (every, form) = (every, form)
        do {
            try await Interruption.cancelsAtSignal {
                var isFirst = true
                while !Task.isCancelled {
                    let text: String
                    do {
                        text = try await answer()
                    } catch let error as ServiceError {
                        // The signal came while it was being asked.
                        guard !Task.isCancelled else { return }
                        guard error.isPassing else { throw error }
                        text = "linkwatch: \(error)".plain + "\n"
                    }
                    guard !Task.isCancelled else { break }
                    try Terminal.deliver(Self.frame(text, form, isFirst: isFirst))
                    isFirst = false
                    try await ContinuousClock().sleep(for: every)
                }
            }
        } catch is CancellationError {
            // That is how it ends.
        }
    }

    private static func frame(_ text: String, _ form: OutputOptions.Form, isFirst: Bool) -> String {
        guard form == .table, !Terminal.isDumb, let size = Terminal.size else {
            return isFirst || form == .json ? text : "\n" + text
        }
        return ScreenFrame(text, lines: size.lines).text(isFirst: isFirst)
    }
}

/// What a screen shows of a text, without flicker: each line is written over the one before.
struct ScreenFrame {
    private let lines: [String]

    /// - Parameter lines: how many the screen has; what it has no room for is counted in the last.
    init(_ text: String, lines room: Int) {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let told = all.last == "" ? Array(all.dropLast()) : all
        let kept = max(room - 1, 1)
        lines = told.count <= kept ? told : told.prefix(kept - 1) + ["… \(told.count - kept + 1) more lines"]
    }

    /// ECMA-48: to the first place of the screen (CUP), each line with the rest of its place erased (EL), what is below erased (ED).
    func text(isFirst: Bool) -> String {
        (isFirst ? "\u{1B}[2J" : "") + "\u{1B}[H" + lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
    }
}
