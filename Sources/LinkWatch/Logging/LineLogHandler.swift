import ClusterLinks
import ExactJSON
import Foundation
package import Logging

/// Makes each message one line, in logfmt or JSON, with a constant text and the metadata as fields.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let format: LogFormat
    private let journal: Bool
    private let sink: LogSink

    /// - Parameters:
    ///   - journal: whether systemd's journal takes the lines: it knows the time, and the level by a number before the line
    ///     (sd-daemon(3)).
    ///   - sink: takes the lines.
    package init(
        format: LogFormat,
        level: Logger.Level = .info,
        journal: Bool = false,
        to sink: LogSink = .standardError
    ) {
        self.format = format
        logLevel = level
        self.journal = journal
        self.sink = sink
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let leftOut = sink.takeLeftOut()
        if leftOut > 0 {
            write(.warning, "log lines were left out: nobody took them", ["log.lines_left_out": "\(leftOut)"])
        }
        write(event.level, event.message.description, metadata.merging(event.metadata ?? [:]) { $1 })
    }

    private func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let fields: [(String, String)] =
            (journal ? [] : [("time", now.description)]) + [("level", level.rawValue), ("msg", message)]
            + metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        sink.add((journal ? "<\(level.journalPriority)>" : "") + line(fields), matters: level >= .notice)
    }

    private func line(_ fields: [(String, String)]) -> String {
        switch format {
        case .logfmt: fields.map { "\($0.0)=\(LogText.logfmt($0.1))" }.joined(separator: " ") + "\n"
        case .json:
            "{" + fields.map { "\(LogText.quoted($0.0)):\(LogText.quoted($0.1))" }.joined(separator: ",") + "}\n"
        }
    }
}

extension Logger.Level {
    /// As in syslog(3).
    fileprivate var journalPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
