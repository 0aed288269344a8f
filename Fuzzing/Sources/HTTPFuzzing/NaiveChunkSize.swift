/// `chunk-size [ chunk-ext ]` (RFC 9112 §7.1.1).
struct NaiveChunkSize {
    /// Nil when it is beyond every limit.
    var size: Int?
    var extensionCount: Int

    init?(_ line: ArraySlice<UInt8>) {
        let digits = line.prefix { "0123456789abcdefABCDEF".utf8.contains($0) }
        guard !digits.isEmpty else { return nil }
        size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        extensionCount = line.count - digits.count
        var rest = line.dropFirst(digits.count)
        while !rest.isEmpty {
            rest = rest.withoutLeadingBlanks
            guard rest.first == UInt8(ascii: ";") else { return nil }
            rest = rest.dropFirst().withoutLeadingBlanks
            let name = rest.prefix { [$0].isToken }
            guard !name.isEmpty else { return nil }
            rest = rest.dropFirst(name.count)
            guard rest.withoutLeadingBlanks.first == UInt8(ascii: "=") else { continue }
            rest = rest.withoutLeadingBlanks.dropFirst().withoutLeadingBlanks
            guard let end = Self.endOfValue(rest) else { return nil }
            rest = rest[end...]
        }
    }

    /// The index after a token or a quoted string (RFC 9110 §5.6.4).
    private static func endOfValue(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.first == UInt8(ascii: "\"") else {
            let token = bytes.prefix { [$0].isToken }
            return token.isEmpty ? nil : token.endIndex
        }
        var isEscaped = false
        for index in bytes.indices.dropFirst() {
            let octet = bytes[index]
            guard octet == 0x09 || (octet >= 0x20 && octet != 0x7F) else { return nil }
            if isEscaped {
                isEscaped = false
            } else if octet == UInt8(ascii: "\"") {
                return index + 1
            } else {
                isEscaped = octet == UInt8(ascii: "\\")
            }
        }
        return nil
    }
}
