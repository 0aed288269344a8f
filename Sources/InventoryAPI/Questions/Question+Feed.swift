import ClusterLinks
import HTTPServing
import HTTPTypes

extension Question {
    private static let lastEventIDField = HTTPField.Name("Last-Event-ID")

    /// The number of a change; nil where the parameter is not given.
    func sequence(_ name: String) throws -> Int64? {
        guard let text = self[name] else { return nil }
        return try Self.sequence(text, of: name)
    }

    /// Where a client of server-sent events was when its stream ended; nil where it has not begun one.
    var lastEventID: Int64? {
        get throws {
            guard let name = Self.lastEventIDField, let text = request[name], !text.isEmpty else { return nil }
            return try Self.sequence(text, of: name.rawName)
        }
    }

    private static func sequence(_ text: String, of name: String) throws -> Int64 {
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let sequence = Int64(text) else {
            throw APIProblem.badParameter(
                name: name,
                value: text,
                allowed: "the number of a change, as next_cursor and Linkwatch-Sequence tell it"
            )
        }
        return sequence
    }

    /// A duration as the configuration writes them; nil where the parameter is not given.
    func duration(_ name: String, upTo most: Duration) throws -> Duration? {
        guard let text = self[name] else { return nil }
        guard let duration = try? DurationText.parse(text), duration <= most else {
            throw APIProblem.badParameter(
                name: name,
                value: text,
                allowed: "a duration such as 500ms, 30s or 1m, at most \(DurationText.format(most))"
            )
        }
        return duration
    }
}
