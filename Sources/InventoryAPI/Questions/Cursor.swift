import ClusterLinks
import ExactJSON
import Foundation

/// Where a list goes on, opaque to who reads it: the key of the last item, and which question it belongs to.
struct Cursor: Sendable, Hashable {
    let key: [String]

    /// Reads a cursor given with a question; nil where none is.
    static func given(with question: Question, on path: String) throws -> Cursor? {
        guard let text = question["cursor"] else { return nil }
        guard let data = Data(base64URL: text), let value = try? JSONValue(parsing: Array(data)),
            let parts = value.array?.compactMap(\.string), let mark = parts.first,
            mark == Self.mark(question, path)
        else { throw APIProblem.badCursor }
        return Cursor(key: Array(parts.dropFirst()))
    }

    func text(for question: Question, on path: String) -> String {
        let parts = [Self.mark(question, path)] + key
        return Data(JSONValue.array(parts.map(JSONValue.string)).encoded).base64URL
    }

    private static func mark(_ question: Question, _ path: String) -> String {
        Data(ContentDigest(of: (path + "?" + question.fingerprint).utf8).bytes.prefix(6)).base64URL
    }
}

extension Data {
    /// RFC 4648 §5 without padding.
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    fileprivate init?(base64URL text: String) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        self.init(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
    }
}
