/// One header line, as it is sent or as it was received, the name in the peer's own spelling.
package struct CurlHeader: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension CurlHeader {
    /// The line that libcurl takes, or nil if it would be more than one line or no line at all.
    ///
    /// `Name;` is how libcurl writes a header with an empty value: `Name:` would remove the header
    /// (https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html).
    var line: String? {
        guard name.isHTTPToken, !value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return nil }
        return value.isEmpty ? "\(name);" : "\(name): \(value)"
    }
}

extension String {
    /// RFC 9110 section 5.6.2: what a method and a field name are made of.
    var isHTTPToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
