import ExactJSON

/// What the placeholders of a template mean while it is rendered.
struct TemplateScope {
    static let secretPath = ["secret"]

    let notification: JSONValue
    /// The one that a loop is at.
    var element: JSONValue?
    let secret: String?
    let escaping: TextEscaping

    func at(_ element: JSONValue) -> TemplateScope {
        var scope = self
        scope.element = element
        return scope
    }

    /// Nil where there is no such member.
    func value(at path: [String]) -> JSONValue? {
        element.flatMap { Self.value(at: path, of: $0) } ?? Self.value(at: path, of: notification)
    }

    private static func value(at path: [String], of root: JSONValue) -> JSONValue? {
        var value: JSONValue? = root
        for step in path { value = value?.member(step) }
        return value
    }
}

extension JSONValue {
    fileprivate func member(_ step: String) -> JSONValue? {
        switch self {
        case .object(let object): return object[step]
        case .array(let elements):
            if step == "count" { return .int(elements.count) }
            guard let index = Int(step), elements.indices.contains(index) else { return nil }
            return elements[index]
        case .null, .bool, .number, .string: return nil
        }
    }
}
