/// Fields of comma-separated values (RFC 4180 §2).
enum CSVText {
    /// Appends a text as one field; an empty one is quoted, so that it differs from NULL, which is nothing at all.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            guard utf8.isEmpty || utf8.contains(where: isSpecial) else { return bytes.append(contentsOf: utf8) }
            bytes.append(UInt8(ascii: "\""))
            appendQuoted(utf8, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Appends a part of what stands between quotes.
    static func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        for byte in utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
    }

    /// A blank at an end is no part of the rule, but readers take it away where it is not quoted.
    static func isSpecial(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
    }
}
