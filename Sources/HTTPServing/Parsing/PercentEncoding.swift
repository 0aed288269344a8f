/// Percent-encoding (RFC 3986 §2.1), undone exactly once.
enum PercentEncoding {
    /// The decoded text; nil for a bad escape, for what is no UTF-8, and for NUL (RFC 3986 §7.3: dangerous to whoever
    /// hands the text to C).
    static func decode(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var octet = bytes[index]
            if octet == Octet.percent {
                guard index + 2 < bytes.endIndex, let high = Octet.hexValue(bytes[index + 1]),
                    let low = Octet.hexValue(bytes[index + 2])
                else { return nil }
                octet = high << 4 | low
                guard octet != 0 else { return nil }
                index += 2
            } else if plusIsBlank, octet == UInt8(ascii: "+") {
                octet = Octet.space
            }
            decoded.append(octet)
            index += 1
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
