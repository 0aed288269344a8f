import ExactJSON

/// Judges the body of a `create_kafka_link` before it is passed on as it stands.
///
/// What Confluent names has to be of its type; members that it does not name pass, since what it adds must not wait for linkwatch,
/// and the upstream judges them. The body holds secrets, so a refusal shows nothing of it: neither values nor names, only places.
enum LinkCreationBody {
    private static let texts = [
        "source_cluster_id", "destination_cluster_id", "remote_cluster_id", "cluster_link_id",
    ]

    /// - Throws: `ConfluentError.badBody`.
    static func check(_ body: [UInt8]) throws(ConfluentError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: body)
        } catch {
            throw .badBody(reason: "it is no JSON text (byte \(error.offset))")
        }
        guard let object = value.object else { throw .badBody(reason: "it is not an object") }
        for member in object.members {
            if let name = texts.first(where: { $0.hasBytes(of: member.name) }) {
                guard member.value.isTextOrNull else { throw .badBody(reason: "\(name) is not a string") }
            } else if "configs".hasBytes(of: member.name), !member.value.isNull {
                guard let configs = member.value.array else { throw .badBody(reason: "configs is not an array") }
                try check(configs)
            }
        }
    }

    private static func check(_ configs: [JSONValue]) throws(ConfluentError) {
        for (index, config) in configs.enumerated() {
            guard let config = config.object else { throw .badBody(reason: "configs[\(index)] is not an object") }
            guard let name = config["name"]?.string, !name.isEmpty else {
                throw .badBody(reason: "configs[\(index)].name is not a string that says something")
            }
            guard config["value"]?.isTextOrNull ?? true else {
                throw .badBody(reason: "configs[\(index)].value is not a string")
            }
        }
    }
}

extension JSONValue {
    fileprivate var isTextOrNull: Bool { isNull || string != nil }
}

extension JSONError {
    /// Where it is, without what stands there.
    fileprivate var offset: Int {
        switch self {
        case .unexpectedEnd(let offset), .unexpectedByte(_, let offset), .trailingBytes(let offset),
            .invalidNumber(let offset), .invalidEscape(let offset), .invalidUTF8(let offset),
            .controlCharacter(_, let offset), .tooDeep(_, let offset):
            offset
        }
    }
}
