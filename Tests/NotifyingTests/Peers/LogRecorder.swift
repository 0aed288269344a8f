import Locking
import Logging

/// Keeps what is logged: level, text and notification.
final class LogRecorder: Sendable {
    private let all = Locked<[String]>([])

    /// Tells what is of level info and above.
    var logger: Logger {
        var logger = Logger(label: "test") { [all] _ in Handler(lines: all) }
        logger.logLevel = .info
        return logger
    }

    var lines: [String] { all.withLock { $0 } }

    private struct Handler: LogHandler {
        let lines: Locked<[String]>
        var logLevel = Logger.Level.trace
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.withLock { $0.append("\(event.level) \(event.message) \(event.metadata?["notification.id"] ?? "-")") }
        }
    }
}
