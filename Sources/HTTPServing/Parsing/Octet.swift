/// The character classes of RFC 9110 §5.6 and RFC 3986 §2, told of single bytes.
enum Octet {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let percent = UInt8(ascii: "%")
    static let quote = UInt8(ascii: "\"")

    /// RFC 9110 §5.6.2: `tchar`, as two words of one bit per ASCII character; a constant, which a stored property would be
    /// only after a look whether it was made.
    @inline(__always)
    private static var tokenBits: (UInt64, UInt64) { (0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE) }
    /// RFC 3986 §3.2.2: what a registered name is made of besides percent-encodings.
    @inline(__always)
    private static var hostBits: (UInt64, UInt64) { (0x2BFF_7FD2_0000_0000, 0x47FF_FFFE_87FF_FFFE) }

    @inline(__always)
    private static func contains(_ words: (UInt64, UInt64), _ octet: UInt8) -> Bool {
        let word = octet < 64 ? words.0 : words.1
        return octet < 128 && (word >> UInt64(octet & 63)) & 1 == 1
    }

    @inline(__always)
    static func isToken(_ octet: UInt8) -> Bool { contains(tokenBits, octet) }

    static func isHostName(_ octet: UInt8) -> Bool { contains(hostBits, octet) }

    @inline(__always)
    static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }

    @inline(__always)
    static func isLetter(_ octet: UInt8) -> Bool { (octet | 0x20) &- 0x61 < 26 }

    /// RFC 9110 §5.5: `field-vchar`, SP and HTAB; every control is out, not only the dangerous NUL, CR and LF.
    @inline(__always)
    static func isFieldContent(_ octet: UInt8) -> Bool { octet >= 0x20 ? octet != 0x7F : octet == tab }

    /// RFC 9110 §5.6.3: `OWS`.
    @inline(__always)
    static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }

    @inline(__always)
    static func lowercased(_ octet: UInt8) -> UInt8 { octet &- 0x41 < 26 ? octet | 0x20 : octet }

    static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39: octet - 0x30
        case 0x41...0x46: octet - 0x41 + 10
        case 0x61...0x66: octet - 0x61 + 10
        default: nil
        }
    }
}
