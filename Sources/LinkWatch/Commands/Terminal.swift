import Foundation

/// Where commands speak to people.
enum Terminal {
    static func say(_ text: String) { StandardStream.output.write(text + "\n") }

    /// After what was logged before.
    static func complain(_ text: String) {
        LogSink.standardError.finish()
        StandardStream.error.write(text + "\n")
    }

    /// How many columns standard output has; nil where it is no terminal.
    static var width: Int? {
        var size = winsize()
        guard isatty(StandardStream.output.rawValue) == 1,
            ioctl(StandardStream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }
}
