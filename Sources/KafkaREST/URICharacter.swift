import ClusterLinks

extension String {
    /// The text as one segment of a path: of its UTF-8, all but RFC 3986's unreserved characters is encoded (§2.1, §2.3).
    ///
    /// Nil for what cannot be a segment: nothing, as `/links/` is the list, and `.` and `..`, which mean another place
    /// even when they are encoded (§6.2.2.2 and 3).
    var pathSegment: String? {
        isEmpty || self == "." || self == ".." ? nil : percentEncoded
    }
}

extension UInt8 {
    var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// RFC 3986 §2.3.
    var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "-._~".utf8.contains(self)
        }
    }

    /// RFC 3986 §2: unreserved, reserved or the percent sign.
    var isURICharacter: Bool { isUnreserved || ":/?#[]@!$&'()*+,;=%".utf8.contains(self) }
}
