/// The value of `If-None-Match` or `If-Match`: `*`, or entity tags (RFC 9110 §13.1.1, §13.1.2).
enum EntityTagList {
    /// RFC 9110 §8.8.3.2: weak comparison looks at the opaque part only, strong wants both tags strong.
    enum Comparison { case strong, weak }

    /// Whether one line's value has a tag, told by what stands between its quotes.
    ///
    /// Reads what can be read: an element that is no tag ends the list, since where the next begins cannot be known.
    static func contains(
        _ opaque: [UInt8],
        in bytes: Span<UInt8>,
        _ value: Range<Int>,
        comparing: Comparison
    ) -> Bool {
        // `*` stands alone.
        if bytes.matches(bytes.trimmed(value), "*") { return true }
        var index = value.lowerBound
        while index < value.upperBound {
            if Octet.isBlank(bytes[index]) || bytes[index] == Octet.comma {
                index += 1
                continue
            }
            // Case-sensitive (§8.8.3).
            let isWeak =
                bytes[index] == UInt8(ascii: "W") && index + 1 < value.upperBound
                && bytes[index + 1] == UInt8(ascii: "/")
            if isWeak { index += 2 }
            guard index < value.upperBound, bytes[index] == Octet.quote,
                let end = bytes.firstIndex(of: Octet.quote, from: index + 1, to: value.upperBound)
            else { return false }
            if comparing == .weak || !isWeak, bytes.equals(index + 1..<end, opaque) { return true }
            index = end + 1
        }
        return false
    }
}
