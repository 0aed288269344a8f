import ExactJSON

/// A name or id that a server gave: equal only where its bytes are, and in the order of its bytes.
///
/// `String` takes two spellings of one character as equal; to the server that sent them they are two names, and to
/// SQLite too.
package protocol TextIdentifier: Sendable, Hashable, Comparable, CustomStringConvertible {
    var rawValue: String { get }
}

extension TextIdentifier {
    package static func == (left: Self, right: Self) -> Bool { left.rawValue.hasBytes(of: right.rawValue) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue.precedesInBytes(right.rawValue) }

    package func hash(into hasher: inout Hasher) {
        var text = rawValue
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    package var description: String { rawValue }
}
