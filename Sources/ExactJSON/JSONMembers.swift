/// Where the members of an encoded object lie, found without parsing their values.
///
/// For text that this project has written itself, compact and checked then: a value may be copied as it stands.
package struct JSONMembers: Sendable {
    package struct Member: Sendable {
        /// The name as it is written, without its quotes.
        package let name: Range<Int>
        package let value: Range<Int>
    }

    package let members: [Member]

    /// Nil where the bytes are no compact object.
    package init?(of bytes: [UInt8]) {
        let found: [Member]? = bytes.withUnsafeBufferPointer { bytes in
            var scan = Scan(bytes: bytes)
            return scan.members()
        }
        guard let found else { return nil }
        members = found
    }
}

/// A walk over encoded bytes that never leaves them.
private struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func members() -> [JSONMembers.Member]? {
        guard take(UInt8(ascii: "{")) else { return nil }
        var members: [JSONMembers.Member] = []
        if take(UInt8(ascii: "}")) { return position == bytes.count ? members : nil }
        members.reserveCapacity(16)
        repeat {
            guard let name = string(), take(UInt8(ascii: ":")), let value = value() else { return nil }
            members.append(JSONMembers.Member(name: name.lowerBound + 1..<name.upperBound - 1, value: value))
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}")) && position == bytes.count ? members : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// A string with its quotes.
    private mutating func string() -> Range<Int>? {
        let start = position
        guard take(UInt8(ascii: "\"")) else { return nil }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<position
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    private mutating func value() -> Range<Int>? {
        let start = position
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): return nested()
        default:
            while position < bytes.count, !Self.ends(bytes[position]) { position += 1 }
            return position > start ? start..<position : nil
        }
    }

    /// An array or an object with everything inside it.
    private mutating func nested() -> Range<Int>? {
        let start = position
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return start..<position }
        }
        return nil
    }

    private static func ends(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }
}
