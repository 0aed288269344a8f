/// A JSON number as it was written: `1.10` stays `1.10`, and thirty digits stay thirty digits (RFC 8259 §6).
package struct JSONNumber: Sendable, Hashable {
    /// The characters of the number, a valid JSON number.
    package let lexeme: String

    /// Takes characters that the parser has already found to be a number.
    init(checked lexeme: String) { self.lexeme = lexeme }

    package init(_ value: some BinaryInteger) { lexeme = String(value) }

    /// The shortest form that reads back as the same double; nil for what JSON cannot say.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if value == value.rounded(), abs(value) < 1e15 {
            lexeme = String(Int64(value))
        } else {
            lexeme = "\(value)"
        }
    }

    /// The value where it is a whole number that fits, written without fraction or exponent.
    package var int: Int? { Int(lexeme) }

    /// The nearest double; infinite where the number is beyond its range.
    package var double: Double { Double(lexeme) ?? .nan }
}
