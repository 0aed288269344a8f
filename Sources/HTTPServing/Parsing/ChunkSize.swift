/// `chunk-size [ chunk-ext ]` (RFC 9112 §7.1, §7.1.1).
enum ChunkSize {
    static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(RequestRefusal) -> Int {
        var index = line.lowerBound
        var size = 0
        while index < line.upperBound, let digit = Octet.hexValue(bytes[index]) {
            // Saturates: any such size is beyond every limit.
            size = size > Int.max >> 5 ? Int.max : size << 4 | Int(digit)
            index += 1
        }
        guard index > line.lowerBound else { throw .malformed("a chunk's size is no hexadecimal number") }
        while index < line.upperBound { index = try skipExtension(bytes, index..<line.upperBound) }
        return size
    }

    /// Bytes of a size line besides the digits.
    static func extensionCount(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
        var index = line.lowerBound
        while index < line.upperBound, Octet.hexValue(bytes[index]) != nil { index += 1 }
        return line.upperBound - index
    }

    /// `BWS ";" BWS name [ BWS "=" BWS value ]`: the grammar is checked, the meaning ignored (§7.1.1).
    private static func skipExtension(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> Int {
        var index = skipBlanks(bytes, range)
        guard index < range.upperBound, bytes[index] == UInt8(ascii: ";") else {
            throw .malformed("a chunk's size is followed by something that is no extension")
        }
        index = skipBlanks(bytes, index + 1..<range.upperBound)
        index = try skipToken(bytes, index..<range.upperBound)
        let equals = skipBlanks(bytes, index..<range.upperBound)
        guard equals < range.upperBound, bytes[equals] == UInt8(ascii: "=") else { return index }
        index = skipBlanks(bytes, equals + 1..<range.upperBound)
        guard index < range.upperBound, bytes[index] == Octet.quote else {
            return try skipToken(bytes, index..<range.upperBound)
        }
        return try skipQuotedString(bytes, index..<range.upperBound)
    }

    private static func skipBlanks(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, Octet.isBlank(bytes[index]) { index += 1 }
        return index
    }

    private static func skipToken(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, Octet.isToken(bytes[index]) { index += 1 }
        guard index > range.lowerBound else { throw .malformed("a chunk extension has no name or no value") }
        return index
    }

    /// RFC 9110 §5.6.4.
    private static func skipQuotedString(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> Int {
        var index = range.lowerBound + 1
        while index < range.upperBound {
            if bytes[index] == Octet.quote { return index + 1 }
            if bytes[index] == UInt8(ascii: "\\") { index += 1 }
            guard index < range.upperBound, Octet.isFieldContent(bytes[index]) else { break }
            index += 1
        }
        throw .malformed("a chunk extension's quoted string does not end")
    }
}
