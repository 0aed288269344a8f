/// A piece of JSON in the order it is written: what the simulated upstream answers with.
///
/// The simulator renders Confluent's bodies with this alone and shares no wire type with the code that reads them, so that
/// a misreading of the format cannot be made on both sides and pass.
package indirect enum WireValue: Sendable, Equatable {
    /// One name and value of an object; names may repeat, as they may on the wire.
    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: WireValue

        package init(_ name: String, _ value: WireValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case string(String)
    case array([WireValue])
    case object([Member])

    /// A string, or null where there is none.
    package static func text(_ text: String?) -> WireValue {
        text.map(WireValue.string) ?? .null
    }

    /// The value of the first member of that name; nil where this is no object or has none.
    package subscript(name: String) -> WireValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// Replaces the first member of that name, adds it at the end, or with nil removes all of that name.
    mutating func set(_ name: String, to value: WireValue?) {
        guard case .object(var members) = self else { return }
        // Gives up the other reference to the members, so that they are changed in place.
        self = .null
        switch (value, members.firstIndex { $0.name == name }) {
        case (let value?, let index?): members[index].value = value
        case (let value?, nil): members.append(Member(name, value))
        case (nil, _): members.removeAll { $0.name == name }
        }
        self = .object(members)
    }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral elements: WireValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .object(elements.map(Member.init))
    }
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
