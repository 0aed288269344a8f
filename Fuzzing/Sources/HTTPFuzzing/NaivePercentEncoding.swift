/// RFC 3986 §2.1, written apart from `PercentEncoding`.
enum NaivePercentEncoding {
    /// Nil for a bad escape, for what is no UTF-8, and for NUL; the bytes are ASCII.
    static func decode(_ bytes: [UInt8]) -> String? {
        let pieces = String(decoding: bytes, as: UTF8.self).split(separator: "%", omittingEmptySubsequences: false)
        guard let first = pieces.first else { return nil }
        var decoded = Array(first.utf8)
        for piece in pieces.dropFirst() {
            let digits = piece.prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let octet = UInt8(digits, radix: 16), octet != 0
            else { return nil }
            decoded.append(octet)
            decoded += piece.dropFirst(2).utf8
        }
        let text = String(decoding: decoded, as: UTF8.self)
        // What is no UTF-8 was repaired, and shows by it.
        return Array(text.utf8) == decoded ? text : nil
    }

    /// Every byte as an escape.
    static func encode(_ text: String) -> [UInt8] {
        text.utf8.flatMap { "%\($0 < 16 ? "0" : "")\(String($0, radix: 16))".utf8 }
    }
}
