import ExactJSON

/// What came back for one request.
struct Answer: Sendable {
    var status: Int
    /// Names in lower case; of several of one name the last.
    var fields: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The document; empty where it is none.
    var json: JSONObject { (try? JSONValue(parsing: body).object) ?? [:] }

    /// The elements of a list.
    var items: [JSONObject] { json["data"]?.array?.compactMap(\.object) ?? [] }

    var nextCursor: String? { json["next_cursor"]?.string }

    /// What a problem is about, in its last word.
    var problem: String? { json["type"]?.string?.split(separator: "/").last.map(String.init) }
}
