/// A raw path split at `/` and only then decoded, each segment once, so that `%2F` belongs to a segment (RFC 3986 §2.2).
///
/// Empty segments count, and `.` and `..` are segments like any other: nothing is looked up in a file system here.
struct PathSegments {
    let bytes: [UInt8]
    private let end: Int
    /// The first segment.
    let first: Range<Int>

    /// The path must begin with `/`, or be empty, which means `/` (RFC 9110 §4.2.3).
    init(_ bytes: [UInt8], _ path: Range<Int>) {
        self.bytes = bytes
        end = path.upperBound
        let start = min(path.lowerBound + 1, end)
        first = start..<Self.end(of: start, in: bytes, before: end)
    }

    private static func end(of start: Int, in bytes: [UInt8], before end: Int) -> Int {
        bytes.span.firstIndex(of: Octet.slash, from: start, to: end) ?? end
    }

    /// The segment after another; nil after the last.
    func next(after segment: Range<Int>) -> Range<Int>? {
        guard segment.upperBound < end else { return nil }
        let start = segment.upperBound + 1
        return start..<Self.end(of: start, in: bytes, before: end)
    }

    /// Whether the decoded segment is these bytes.
    func equals(_ segment: Range<Int>, _ literal: [UInt8]) -> Bool {
        if segment.count == literal.count {
            var offset = segment.lowerBound
            for octet in literal {
                guard bytes[offset] == octet else { return false }
                offset += 1
            }
            return true
        }
        guard segment.count > literal.count, bytes[segment].contains(Octet.percent) else { return false }
        return PercentEncoding.decode(bytes[segment])?.utf8.elementsEqual(literal) ?? false
    }

    /// Whether each escape is one and each segment is UTF-8.
    var isDecodable: Bool {
        var segment: Range<Int>? = first
        while let current = segment {
            if bytes[current].contains(Octet.percent), PercentEncoding.decode(bytes[current]) == nil { return false }
            segment = next(after: current)
        }
        return true
    }
}
