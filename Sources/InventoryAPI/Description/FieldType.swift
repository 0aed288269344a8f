import ExactJSON

/// The type of a value in the description of the interface (JSON Schema 2020-12, which OpenAPI 3.1 speaks).
indirect enum FieldType: Sendable {
    case text
    /// A closed set of texts.
    case oneOf([String])
    /// RFC 3339.
    case instant
    case integer
    case number
    case flag
    case list(of: FieldType)
    /// An object with names that nobody can know in advance.
    case map(of: FieldType)
    case object([SchemaField])
    case schema(Schema)
    case nullable(FieldType)
    /// Whatever the upstream says.
    case anything

    var json: JSONObject {
        switch self {
        case .text: ["type": "string"]
        case .oneOf(let values): ["type": "string", "enum": .array(values.map(JSONValue.string))]
        case .instant: ["type": "string", "format": "date-time"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .list(let element): ["type": "array", "items": .object(element.json)]
        case .map(let element): ["type": "object", "additionalProperties": .object(element.json)]
        case .object(let fields): SchemaField.object(fields)
        case .schema(let schema): schema.reference
        case .nullable(let type): Self.nullable(type.json)
        case .anything: [:]
        }
    }

    private static func nullable(_ json: JSONObject) -> JSONObject {
        guard let type = json["type"] else { return ["anyOf": [.object(json), ["type": "null"]]] }
        var json = json
        json["type"] = [type, "null"]
        if let values = json["enum"]?.array { json["enum"] = .array(values + [.null]) }
        return json
    }
}

/// One member of an object in the description of the interface.
struct SchemaField: Sendable {
    let name: String
    let type: FieldType
    /// Empty where the name says it all.
    let meaning: String
    /// Whether only some objects have it.
    let isOptional: Bool

    init(_ name: String, _ type: FieldType, _ meaning: String = "", isOptional: Bool = false) {
        self.name = name
        self.type = type
        self.meaning = meaning
        self.isOptional = isOptional
    }

    /// An object of these members and others that are not told: more may be added.
    static func object(_ fields: [SchemaField]) -> JSONObject {
        var properties = JSONObject()
        for field in fields {
            var json = field.type.json
            if !field.meaning.isEmpty { json["description"] = .string(field.meaning) }
            properties[field.name] = .object(json)
        }
        return [
            "type": "object",
            "required": .array(fields.filter { !$0.isOptional }.map { .string($0.name) }),
            "properties": .object(properties),
        ]
    }
}
