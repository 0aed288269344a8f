import ClusterLinks
import ExactJSON
import Foundation

extension ContentDigest {
    var data: Data { Data(bytes) }
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
