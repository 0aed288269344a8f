import ExactJSON

extension JSONValue {
    /// Where an answer is not what was expected, and how; nil where it is.
    ///
    /// Keys are fixed, more may be added: an object may have more members than were expected. Lists of tasks are multisets.
    func difference(from expected: JSONValue, at path: String = "") -> String? {
        switch (self, expected) {
        case (.object(let actual), .object(let expected)):
            for member in expected.members {
                let path = path + "." + member.name
                guard let value = actual[member.name] else {
                    return "\(path) is missing, expected \(member.value.text)"
                }
                if let difference = value.difference(from: member.value, at: path) { return difference }
            }
            return nil
        case (.array(let actual), .array(let expected)):
            guard actual.count == expected.count else {
                return
                    "\(path) has \(actual.count) elements \(text), expected \(expected.count) \(expected.map(\.text))"
            }
            let isMultiset = path.hasSuffix(".tasks")
            let pairs = isMultiset ? zip(actual.inOrder, expected.inOrder) : zip(actual, expected)
            for (index, pair) in pairs.enumerated() {
                if let difference = pair.0.difference(from: pair.1, at: "\(path)[\(index)]") { return difference }
            }
            return nil
        case (.number(let actual), .number(let expected)):
            let bound = max(1e-9, abs(expected.double) * 1e-9)
            return abs(actual.double - expected.double) <= bound
                ? nil : "\(path) is \(actual.lexeme), expected \(expected.lexeme)"
        default:
            return self == expected ? nil : "\(path) is \(text), expected \(expected.text)"
        }
    }

    var text: String { String(String(decoding: encoded, as: UTF8.self).prefix(400)) }
}

extension [JSONValue] {
    fileprivate var inOrder: [JSONValue] { sorted { $0.name < $1.name } }
}

extension JSONValue {
    fileprivate var name: String { object?["task_name"]?.string ?? "" }
}
