package import ExactJSON

/// One question to linkwatch, as its HTTP interface takes it.
package struct ServiceRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    package let method: Method
    /// The segments of the path, not encoded.
    package let path: [String]
    /// In their order, not encoded.
    package var query: [(name: String, value: String)]
    package let body: JSONValue?
    /// The least role that may ask it, for who is refused.
    package let role: String
    /// How long the answer may take.
    package var patience: Duration

    package init(
        _ path: [String],
        method: Method = .get,
        query: [(name: String, value: String)] = [],
        body: JSONValue? = nil,
        role: String = "read",
        patience: Duration = .seconds(60)
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.role = role
        self.patience = patience
    }

    /// The path and the query as they are sent.
    package var target: String {
        let path = path.map { "/" + Self.segment($0) }.joined()
        let query = query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return query.isEmpty ? path : path + "?" + query
    }

    /// A name may be `..`, which would lead to another path (RFC 3986 §5.2.4).
    private static func segment(_ text: String) -> String {
        text == "." || text == ".." ? text.replacing(".", with: "%2E") : encoded(text)
    }

    /// All but the unreserved characters as escapes (RFC 3986 §2.3).
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
