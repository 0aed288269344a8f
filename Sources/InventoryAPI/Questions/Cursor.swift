import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing

/// Where a list goes on, opaque to who reads it: the key of the last item, and which question it belongs to.
struct Cursor: Sendable, Hashable {
    let key: [String]

    init(key: [String]) { self.key = key }

    /// Reads the cursor given with a question; nil where none is.
    /// - Parameter parts: how many a key of this list has.
    init?(of question: Question, parts: Int) throws {
        guard let text = question["cursor"] else { return nil }
        guard let data = Data(base64URL: text), let value = try? JSONValue(parsing: Array(data)),
            let elements = value.array, elements.first == .string(Self.mark(question))
        else { throw APIProblem.badCursor }
        key = elements.dropFirst().compactMap(\.string)
        guard key.count == parts, elements.count == parts + 1 else { throw APIProblem.badCursor }
    }

    func text(for question: Question) -> String {
        let parts = [Self.mark(question)] + key
        return Data(JSONValue.array(parts.map(JSONValue.string)).encoded).base64URL
    }

    /// Tells the questions apart that a cursor may be given with: the resource and its filters, not the size of the page.
    private static func mark(_ question: Question) -> String {
        Data(ContentDigest(of: (question.request.path + "?" + question.fingerprint).utf8).bytes.prefix(6)).base64URL
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
