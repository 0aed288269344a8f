/// Why bytes are no JSON text; `offset` counts bytes from the start.
package enum JSONError: Error, Hashable {
    case unexpectedEnd(offset: Int)
    case unexpectedByte(UInt8, offset: Int)
    /// Something follows the value.
    case trailingBytes(offset: Int)
    case invalidNumber(offset: Int)
    case invalidEscape(offset: Int)
    case invalidUTF8(offset: Int)
    /// A control character stands unescaped in a string (RFC 8259 §7).
    case controlCharacter(UInt8, offset: Int)
    /// Arrays and objects are nested more than `limit` deep.
    case tooDeep(limit: Int, offset: Int)
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unexpectedEnd(let offset): "the JSON text ends too early, at byte \(offset)"
        case .unexpectedByte(let byte, let offset):
            "byte 0x\(String(byte, radix: 16)) at \(offset) has no place in a JSON text"
        case .trailingBytes(let offset): "something follows the JSON text at byte \(offset)"
        case .invalidNumber(let offset): "no JSON number at byte \(offset)"
        case .invalidEscape(let offset): "no JSON escape at byte \(offset)"
        case .invalidUTF8(let offset): "the string at byte \(offset) is not UTF-8"
        case .controlCharacter(let byte, let offset):
            "control character 0x\(String(byte, radix: 16)) stands unescaped in the string at byte \(offset)"
        case .tooDeep(let limit, let offset): "more than \(limit) levels of nesting at byte \(offset)"
        }
    }
}
