import Dispatch
import Locking
import Logging

@testable import LinkWatch

/// Keeps the lines of a log as they would be written.
final class LogRecorder: Sendable {
    private let all = Locked<[String]>([])
    private let sink: LogSink

    init() {
        sink = LogSink { [all] line in all.withLock { $0.append(line) } }
    }

    /// What was written by now, without the time.
    var lines: [String] {
        sink.finish(within: .seconds(10))
        return all.withLock { $0 }
    }

    func logger(_ format: LogFormat = .logfmt, journal: Bool = true) -> Logger {
        Logger(label: "test") { [sink] _ in LineLogHandler(format: format, journal: journal, to: sink) }
    }
}
