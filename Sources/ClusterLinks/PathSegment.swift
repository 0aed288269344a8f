extension String {
    /// The text's UTF-8 with all but RFC 3986's unreserved characters percent-encoded (§2.1, §2.3), `/` too.
    package var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}

/// Names of clusters and links as segments of linkwatch's own paths.
package enum PathSegment {
    package static func encoded(_ text: String) -> String {
        // Bare, these two would be taken for steps in the path (RFC 3986 §5.2.4).
        text == "." || text == ".." ? text.replacing(".", with: "%2E") : text.percentEncoded
    }
}
