import ExactJSON
import HTTPServing

/// Reads a request's body as the description of the interface tells it: what is misspelt must not pass for absent.
enum RequestBody {
    /// - Throws: `APIProblem.badBody` for what is no object, for a member that the schema does not tell of and for a value of
    ///   another type. That something is absent is left to whoever knows what it is for.
    static func read(_ request: Request, as schema: Schema) throws(APIProblem) -> JSONObject {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: request.body)
        } catch {
            throw .badBody(reason: "the body is no JSON: \(error)", member: nil)
        }
        guard let object = value.object else {
            throw .badBody(reason: "the body is not an object; send one as JSON", member: nil)
        }
        try check(object, schema.fields, at: nil)
        return object
    }

    private static func check(
        _ object: JSONObject,
        _ fields: [SchemaField],
        at place: String?
    ) throws(APIProblem) {
        for member in object.members {
            let path = (place.map { $0 + "." } ?? "") + member.name
            guard let field = fields.first(where: { $0.name.hasBytes(of: member.name) }) else {
                let known = fields.map(\.name).joined(separator: ", ")
                throw .badBody(
                    reason: "\(place ?? "the body") has no member \(member.name.prefix(64)); known are \(known)",
                    member: path
                )
            }
            try check(member.value, field.type, at: path)
        }
    }

    private static func check(_ value: JSONValue, _ type: FieldType, at place: String) throws(APIProblem) {
        switch (type, value) {
        case (.nullable, .null), (.anything, _), (.text, .string), (.instant, .string), (.flag, .bool),
            (.number, .number):
            break
        case (.nullable(let type), _): try check(value, type, at: place)
        case (.oneOf(let texts), .string(let text)) where texts.contains(text): break
        case (.integer, .number(let number)) where number.int != nil: break
        case (.list(let type), .array(let elements)):
            for (index, element) in elements.enumerated() { try check(element, type, at: "\(place)[\(index)]") }
        case (.map(let type), .object(let object)):
            for member in object.members { try check(member.value, type, at: "\(place).\(member.name)") }
        case (.object(let fields), .object(let object)): try check(object, fields, at: place)
        case (.schema(let schema), .object(let object)): try check(object, schema.fields, at: place)
        default:
            throw .badBody(reason: "\(place) is not \(type.words); send it as that", member: place)
        }
    }
}

extension FieldType {
    /// What a value has to be, for people.
    fileprivate var words: String {
        switch self {
        case .text: "a string"
        case .oneOf(let texts): "one of \(texts.joined(separator: ", "))"
        case .instant: "an RFC 3339 date and time such as 2026-11-22T18:00:00Z"
        case .integer: "a whole number"
        case .number: "a number"
        case .flag: "true or false"
        case .list: "an array"
        case .map, .object, .schema: "an object"
        case .nullable(let type): type.words
        case .anything: "anything"
        }
    }
}
