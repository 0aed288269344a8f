import Foundation

/// Where commands speak to people.
enum Terminal {
    static func say(_ text: String) { StandardStream.output.write(text + "\n") }

    /// The same for what was asked for, of which nothing may be missing unnoticed.
    /// - Throws: `TerminalError`.
    static func deliver(_ text: String) throws(TerminalError) {
        guard StandardStream.output.write(text) else { throw .unwritten(code: errno) }
    }

    /// After what was logged before.
    static func complain(_ text: String) {
        LogSink.standardError.finish()
        StandardStream.error.write(text + "\n")
    }

    /// Whether standard output is one.
    static var isOutput: Bool { isatty(StandardStream.output.rawValue) == 1 }

    /// How many columns standard output has; nil where it is no terminal.
    static var width: Int? { size?.columns }

    /// How many columns and lines standard output has; nil where it is no terminal, or one that does not know.
    static var size: (columns: Int, lines: Int)? { size(of: .output) }

    static func size(of stream: StandardStream) -> (columns: Int, lines: Int)? {
        var size = winsize()
        guard isatty(stream.rawValue) == 1, ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Whether the terminal is one that takes no commands, and shows them instead.
    static let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
}

/// Why people were not told what they asked for.
enum TerminalError: Error, CustomStringConvertible {
    /// Standard output takes no more.
    case unwritten(code: Int32)

    var description: String {
        switch self {
        case .unwritten(let code): "standard output cannot be written: \(String(cString: strerror(code)))"
        }
    }
}
