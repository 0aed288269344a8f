import ExactJSON

extension JSONValue {
    /// JSON to read and to compare line by line: what is short stands on one line.
    var readable: String {
        var text = ""
        write(readable: &text, indent: 0)
        return text
    }

    private static let lineLength = 160

    private func write(readable text: inout String, indent: Int) {
        let compact = String(decoding: encoded, as: UTF8.self)
        let elements: [(prefix: String, value: JSONValue)]
        let brackets: (opening: String, closing: String)
        switch self {
        case .array(let values) where compact.count + indent > Self.lineLength:
            elements = values.map { ("", $0) }
            brackets = ("[", "]")
        case .object(let object) where compact.count + indent > Self.lineLength:
            elements = object.members.map {
                (String(decoding: JSONValue.string($0.name).encoded, as: UTF8.self) + ": ", $0.value)
            }
            brackets = ("{", "}")
        default:
            text += compact
            return
        }
        text += brackets.opening
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2) + element.prefix
            element.value.write(readable: &text, indent: indent + 2)
        }
        text += "\n" + String(repeating: " ", count: indent) + brackets.closing
    }

    /// Where the value is another than the expected one, a line for each place.
    func differences(from expected: JSONValue, at place: String = "") -> [String] {
        switch (self, expected) {
        case (.array(let elements), .array(let others)) where elements.count == others.count:
            return zip(elements, others).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, at: "\(place)[\(index)]")
            }
        case (.object(let object), .object(let other)) where object.members.map(\.name) == other.members.map(\.name):
            return zip(object.members, other.members).flatMap { member, other in
                member.value.differences(from: other.value, at: "\(place).\(member.name)")
            }
        default:
            guard self != expected else { return [] }
            return ["\(place): \(readable.prefix(600)) instead of \(expected.readable.prefix(600))"]
        }
    }
}
