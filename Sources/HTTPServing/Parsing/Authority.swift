/// `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2), without user information (RFC 9110 §4.2.4).
enum Authority {
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        if index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
            guard let end = endOfLiteral(bytes, index + 1..<range.upperBound) else { return false }
            index = end
        } else {
            while index < range.upperBound, bytes[index] != Octet.colon {
                if bytes[index] == Octet.percent {
                    guard index + 2 < range.upperBound, Octet.hexValue(bytes[index + 1]) != nil,
                        Octet.hexValue(bytes[index + 2]) != nil
                    else { return false }
                    index += 3
                } else {
                    guard Octet.isHostName(bytes[index]) else { return false }
                    index += 1
                }
            }
            // A port without a host names nothing.
            guard index > range.lowerBound || range.isEmpty else { return false }
        }
        guard index < range.upperBound else { return true }
        guard bytes[index] == Octet.colon else { return false }
        let digits = index + 1..<range.upperBound
        var port = 0
        for index in digits {
            guard Octet.isDigit(bytes[index]) else { return false }
            port = min(port * 10 + Int(bytes[index] - 0x30), 100_000)
        }
        return port <= 65_535
    }

    /// The index after `]`, where an IPv6 address (or its future forms) stands before it.
    private static func endOfLiteral(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        for index in range {
            let octet = bytes[index]
            if octet == UInt8(ascii: "]") { return index > range.lowerBound ? index + 1 : nil }
            guard Octet.isHostName(octet) || octet == Octet.colon else { return nil }
        }
        return nil
    }
}
