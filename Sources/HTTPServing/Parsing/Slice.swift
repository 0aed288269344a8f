/// A stretch of a buffer, small enough that a head's index of fields stays in a few cache lines.
struct Slice: Sendable, Equatable {
    var start: UInt32
    var end: UInt32

    static let empty = Slice(0..<0)

    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { start == end }
    var count: Int { Int(end) - Int(start) }
}

extension Span<UInt8> {
    /// Whether the bytes of the range equal a name of ASCII characters, whatever their case.
    func matches(_ range: Range<Int>, ignoringCaseOf name: String) -> Bool {
        let utf8 = name.utf8
        guard range.count == utf8.count else { return false }
        var index = range.lowerBound
        for octet in utf8 {
            guard Octet.lowercased(self[index]) == Octet.lowercased(octet) else { return false }
            index += 1
        }
        return true
    }

    /// Whether the bytes of the range equal a name of lower-case ASCII characters, whatever their own case.
    @inline(__always)
    func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { name in
            for (offset, octet) in name.enumerated()
            where Octet.lowercased(self[range.lowerBound + offset]) != octet { return false }
            return true
        }
    }

    /// Whether the bytes of the range are these.
    func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
        guard range.count == other.count else { return false }
        var index = range.lowerBound
        for octet in other {
            guard self[index] == octet else { return false }
            index += 1
        }
        return true
    }

    /// The range without blanks at its ends (RFC 9110 §5.5: they are no part of a field's value).
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, Octet.isBlank(self[start]) { start += 1 }
        while end > start, Octet.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }
}
