/// The JSON object of a control request, read member by member; what nobody asked for is refused at the end.
struct ControlDocument {
    private let place: String
    private let members: [WireValue.Member]
    private var asked: Set<String> = []

    /// An empty body is an empty object.
    init(parsing body: [UInt8]) throws(SimulatorError) {
        try self.init(body.isEmpty ? [:] : try WireValue(parsing: body), at: "body")
    }

    init(_ value: WireValue, at place: String) throws(SimulatorError) {
        guard case .object(let members) = value else { throw .badRequest(at: place, expected: "an object") }
        self.place = place
        self.members = members
    }

    /// The value as it stands; nil where the member is absent.
    mutating func value(_ name: String) -> WireValue? {
        asked.insert(name)
        return members.first { $0.name == name }?.value
    }

    /// A string; nil where it is absent or null.
    mutating func text(_ name: String) throws(SimulatorError) -> String? {
        switch value(name) {
        case .string(let text): text
        case nil, .null: nil
        default: throw wrong(name, expected: "a string")
        }
    }

    mutating func requiredText(_ name: String) throws(SimulatorError) -> String {
        guard let text = try text(name) else { throw wrong(name, expected: "a string") }
        return text
    }

    mutating func texts(_ name: String) throws(SimulatorError) -> [String]? {
        guard let value = value(name) else { return nil }
        guard case .array(let elements) = value else { throw wrong(name, expected: "an array of strings") }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(name, expected: "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    /// A whole number that is not negative.
    mutating func count(_ name: String) throws(SimulatorError) -> Int? {
        switch value(name) {
        case .integer(let number) where number >= 0: number
        case nil, .null: nil
        default: throw wrong(name, expected: "a whole number of at least 0")
        }
    }

    mutating func requiredCount(_ name: String) throws(SimulatorError) -> Int {
        guard let count = try count(name) else { throw wrong(name, expected: "a whole number of at least 0") }
        return count
    }

    mutating func milliseconds(_ name: String) throws(SimulatorError) -> Duration? {
        try count(name).map { .milliseconds($0) }
    }

    mutating func flag(_ name: String) throws(SimulatorError) -> Bool? {
        switch value(name) {
        case .bool(let flag): flag
        case nil, .null: nil
        default: throw wrong(name, expected: "true or false")
        }
    }

    /// One of the words of an enumeration.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ name: String,
        as type: Word.Type
    ) throws(SimulatorError) -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw wrong(name, expected: "one of " + type.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    mutating func document(_ name: String) throws(SimulatorError) -> ControlDocument? {
        guard let value = value(name), value != .null else { return nil }
        return try ControlDocument(value, at: "\(place).\(name)")
    }

    mutating func strings(_ name: String) throws(SimulatorError) -> [String: String]? {
        guard let document = try document(name) else { return nil }
        var strings: [String: String] = [:]
        for member in document.members {
            guard case .string(let text) = member.value else {
                throw wrong("\(name).\(member.name)", expected: "a string")
            }
            strings[member.name] = text
        }
        return strings
    }

    /// Refuses members that were not asked for: a misspelt one would otherwise do nothing.
    func finish() throws(SimulatorError) {
        if let stranger = members.first(where: { !asked.contains($0.name) }) {
            throw .badRequest(
                at: "\(place).\(stranger.name)",
                expected: "one of " + asked.sorted().joined(separator: ", ")
            )
        }
    }

    func wrong(_ name: String, expected: String) -> SimulatorError {
        .badRequest(at: "\(place).\(name)", expected: expected)
    }
}
