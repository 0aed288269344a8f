/// Text as one segment of a path: everything but RFC 3986's unreserved characters is percent-encoded, `/` too.
package enum PathSegment {
    package static func encoded(_ text: String) -> String {
        // Bare, these two would be taken for steps in the path (RFC 3986 §5.2.4).
        if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 0x10 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
