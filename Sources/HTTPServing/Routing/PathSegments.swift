/// A raw path split at `/` and only then decoded, each segment once, so that `%2F` belongs to a segment (RFC 3986 §2.2).
///
/// Empty segments count, and `.` and `..` are segments like any other: nothing is looked up in a file system here.
struct PathSegments {
    private let bytes: [UInt8]
    private(set) var ranges: [Range<Int>] = []

    /// The path must begin with `/`, or be empty, which means `/` (RFC 9110 §4.2.3).
    init(_ bytes: [UInt8], _ path: Range<Int>) {
        self.bytes = bytes
        var start = path.lowerBound + 1
        guard start <= path.upperBound else {
            ranges = [path.lowerBound..<path.lowerBound]
            return
        }
        ranges.reserveCapacity(8)
        for index in start..<path.upperBound where bytes[index] == Octet.slash {
            ranges.append(start..<index)
            start = index + 1
        }
        ranges.append(start..<path.upperBound)
    }

    var count: Int { ranges.count }

    func isEmpty(_ index: Int) -> Bool { ranges[index].isEmpty }

    /// Whether the decoded segment is these bytes.
    func equals(_ index: Int, _ literal: [UInt8]) -> Bool {
        let range = ranges[index]
        if range.count == literal.count {
            var offset = range.lowerBound
            for octet in literal {
                guard bytes[offset] == octet else { return false }
                offset += 1
            }
            return true
        }
        guard range.count > literal.count, bytes[range].contains(Octet.percent) else { return false }
        return PercentEncoding.decode(bytes[range])?.utf8.elementsEqual(literal) ?? false
    }

    func decoded(_ index: Int) -> String? { PercentEncoding.decode(bytes[ranges[index]]) }

    /// Whether each escape is one and each segment is UTF-8.
    var isDecodable: Bool {
        ranges.allSatisfy { range in
            let isPlain = bytes[range].allSatisfy { $0 != Octet.percent }
            return isPlain || PercentEncoding.decode(bytes[range]) != nil
        }
    }
}
