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
        Logger(label: label) { LineLogHandler(label: $0, format: logFormat, level: logLevel) }
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("there is no level \(text)")
        }
        return level
    }
}
