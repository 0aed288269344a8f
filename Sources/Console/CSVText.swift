package import ExactJSON

/// Records as RFC 4180 writes them: with CRLF, and in quotes what holds a comma, a quote or the end of a line.
///
/// Null is nothing and the empty text `""`, as in the rows that the service itself writes so: programs tell them apart.
package enum CSVText {
    package static func record(_ values: [JSONValue]) -> String {
        values.map(field).joined(separator: ",") + "\r\n"
    }

    /// A value in words: a text as it is, null as nothing, an array or an object as JSON.
    package static func words(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .number(let number): number.lexeme
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .array, .object: String(decoding: value.encoded, as: UTF8.self)
        }
    }

    private static func field(_ value: JSONValue) -> String {
        let text = words(value)
        let isPlain = value != .string("") && !text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
