import ClusterLinks
import ExactJSON
import Foundation
package import Logging

/// Writes each message as one line to standard error, in logfmt or JSON, with a constant text and the metadata as fields.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line with its line feed; by default it goes to standard error, whole.
    package init(
        label: String,
        format: LogFormat,
        level: Logger.Level = .info,
        write: @escaping @Sendable (String) -> Void = Self.writeToStandardError
    ) {
        self.label = label
        self.format = format
        logLevel = level
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let fields: [(String, String)] =
            [("time", now.description), ("level", event.level.rawValue), ("msg", event.message.description)]
            + metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        write(line(fields))
    }

    private func line(_ fields: [(String, String)]) -> String {
        switch format {
        case .logfmt: fields.map { "\($0.0)=\(Self.quoted($0.1))" }.joined(separator: " ") + "\n"
        case .json:
            String(decoding: JSONObject(fields.map { ($0.0, JSONValue.string($0.1)) }).encoded, as: UTF8.self) + "\n"
        }
    }

    /// A value that has a blank, a quote, an equals sign or a control character stands in quotes.
    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C && $0 != 0x7F }
        guard !isPlain || value.isEmpty else { return value }
        return String(decoding: JSONValue.string(value).encoded, as: UTF8.self)
    }

    /// One `write` for a line, so that lines of several threads do not mix.
    package static func writeToStandardError(_ line: String) { StandardStream.error.write(line) }
}
