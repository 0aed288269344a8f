import ClusterLinks
import ExactJSON

extension ContentDigest {
    /// The first eight bytes: where an index need only find candidates.
    var hint: Int64 { bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) } }
}

extension Health {
    private static let stored: [Health] = [.ok, .degraded, .error]

    /// The health of a document, as `documents.health` holds it.
    var stored: Int { Self.stored.firstIndex(of: self) ?? Self.stored.count }

    init(stored: Int) { self = Self.stored.indices.contains(stored) ? Self.stored[stored] : .unknown }
}

extension [String: String] {
    /// The labels as a JSON object, in order of their names.
    var json: String {
        var object = JSONObject()
        for (name, value) in sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        return String(decoding: object.encoded, as: UTF8.self)
    }

    init(json: String) throws {
        let members = try JSONValue(parsing: json).object?.members ?? []
        self = Dictionary(members.compactMap { member in member.value.string.map { (member.name, $0) } }) { $1 }
    }
}
