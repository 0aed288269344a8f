import ExactJSON

/// How a value of the upstream is written so that equal contents are equal bytes (truth rule 8).
enum CanonicalForm {
    /// A list item without what is no content.
    ///
    /// That is `metadata`, members that are null, and `tasks`, which only the single GET may tell (truth rule 9).
    /// Fields that linkwatch does not know stay verbatim, but for the order of keys.
    static func item(_ item: JSONObject) -> JSONObject {
        var content = JSONObject()
        for member in item.sorted.members where !member.value.isNull {
            content[member.name] = field(member.name, member.value)
        }
        return content
    }

    private static func field(_ name: String, _ value: JSONValue) -> JSONValue? {
        switch name {
        case "metadata", "tasks": nil
        case "link_error": LinkErrorCode(value) == nil ? nil : value
        case "link_state": LinkState(value) == nil ? nil : value
        case "link_error_message", "cluster_link_id", "link_id": value == "" ? nil : value
        case "topic_names": collection(value) { inOrder(Set($0.filter { $0 != "" && !$0.isNull })) }
        case "category_counts": collection(value) { multiset($0, of: withoutNulls) }
        default: value
        }
    }

    /// An array in its canonical order; an empty one says as much as none, and what is no array stays as it is.
    private static func collection(_ value: JSONValue, _ canonical: ([JSONValue]) -> [JSONValue]) -> JSONValue? {
        guard let elements = value.array else { return value }
        return nonEmpty(canonical(elements))
    }

    /// One task: its errors are a multiset, an error without code and message is none.
    static func task(_ value: JSONValue) -> JSONValue {
        guard case .object(var task) = withoutNulls(value) else { return value.sorted }
        if TaskState(task["state"]) == nil { task["state"] = nil }
        if let errors = task["errors"]?.array {
            task["errors"] = nonEmpty(multiset(errors, of: taskError).filter { $0 != .object([:]) })
        }
        return .object(task.sorted)
    }

    private static func taskError(_ value: JSONValue) -> JSONValue {
        guard case .object(var error) = withoutNulls(value) else { return value.sorted }
        if TaskErrorCode(error["error_code"]) == nil { error["error_code"] = nil }
        if error["error_message"] == "" { error["error_message"] = nil }
        return .object(error)
    }

    static func multiset(_ elements: [JSONValue], of canonical: (JSONValue) -> JSONValue) -> [JSONValue] {
        inOrder(elements.map(canonical))
    }

    private static func inOrder(_ elements: some Collection<JSONValue>) -> [JSONValue] {
        guard elements.count > 1 else { return Array(elements) }
        return elements.map { (text: $0.encoded, value: $0) }
            .sorted { $0.text.lexicographicallyPrecedes($1.text) }
            .map(\.value)
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value.sorted else { return value }
        var kept = JSONObject()
        for member in object.members where !member.value.isNull { kept[member.name] = member.value }
        return .object(kept)
    }

    private static func nonEmpty(_ elements: [JSONValue]) -> JSONValue? { elements.isEmpty ? nil : .array(elements) }
}
