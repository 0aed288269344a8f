package import ExactJSON

/// Records as RFC 4180 writes them: with CRLF, and in quotes what holds a comma, a quote or the end of a line.
package enum CSVText {
    package static func record(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    /// A value as a field: a text as it is, null as nothing, an array or an object as JSON.
    package static func field(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .number(let number): number.lexeme
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .array, .object: String(decoding: value.encoded, as: UTF8.self)
        }
    }

    private static func field(_ text: String) -> String {
        let isPlain = !text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
