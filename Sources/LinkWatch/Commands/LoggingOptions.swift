import ArgumentParser
import Logging

/// What every command that runs for long says of its log.
struct LoggingOptions: ParsableArguments {
    @Option(help: "How log lines are written: logfmt or json.")
    var logFormat = LogFormat.logfmt

    @Option(
        help: "The least level that is told: trace, debug, info, notice, warning, error or critical.",
        transform: Self.level
    )
    var logLevel = Logger.Level.info

    func makeLogger(_ label: String = "linkwatch") -> Logger {
        let journal = JournalStream.isStandardError
        return Logger(label: label) { _ in LineLogHandler(format: logFormat, level: logLevel, journal: journal) }
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("there is no level \(text)")
        }
        return level
    }
}
