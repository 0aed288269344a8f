extension Span<UInt8> {
    /// Walks over the elements of a comma-separated field value, empty ones left out (RFC 9110 §5.6.1); the value must be of
    /// a field without quoted strings.
    func forEachElement(of value: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = value.lowerBound
        while start < value.upperBound {
            let end = firstIndex(of: Octet.comma, from: start, to: value.upperBound) ?? value.upperBound
            let element = trimmed(start..<end)
            if !element.isEmpty { body(element) }
            start = end + 1
        }
    }
}
