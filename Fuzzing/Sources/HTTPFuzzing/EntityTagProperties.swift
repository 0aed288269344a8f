@testable import HTTPServing

/// What must hold of lists of entity tags.
enum EntityTagProperties {
    private typealias Tag = (isWeak: Bool, opaque: [UInt8])

    static func check(_ input: [UInt8]) {
        // A value that the parser lets through: no controls but tabs.
        let value = input.filter { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
        checkEqual(tags(in: value[...]), to: value)
        checkWellFormed(value)
    }

    /// A list made by the grammar (RFC 9110 §8.8.3, §5.6.1) is read to its end.
    private static func checkWellFormed(_ value: [UInt8]) {
        let pieces = value.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).map { piece in
            piece.filter { $0 > 0x20 }
        }
        let tags = pieces.enumerated().map { index, piece in (isWeak: index % 3 == 1, opaque: piece) }
        let elements = tags.map { ($0.isWeak ? "W/\"" : "\"").utf8 + $0.opaque + "\"".utf8 }
        checkEqual(tags, to: Array(elements.joined(separator: " ,\t, ".utf8)))
    }

    private static func checkEqual(_ tags: [Tag], to value: [UInt8]) {
        // What stands around a value is none of it.
        let bytes = "\"".utf8 + value + "\"".utf8
        let range = 1..<bytes.count - 1
        let isAny = value[...].withoutBlanks.elementsEqual("*".utf8)
        // Those of the list, what they begin with, and one that no list can have.
        let asked = tags.flatMap { [$0.opaque, Array($0.opaque.dropLast())] } + [Array("\"".utf8)]
        for opaque in asked {
            let isThere = isAny || tags.contains { $0.opaque == opaque }
            let isStrong = isAny || tags.contains { $0.opaque == opaque && !$0.isWeak }
            Finding.unless(
                EntityTagList.contains(opaque, in: bytes.span, range, comparing: .weak) == isThere,
                "\(value.shown) has \(opaque.shown) or not"
            )
            Finding.unless(
                EntityTagList.contains(opaque, in: bytes.span, range, comparing: .strong) == isStrong,
                "\(value.shown) has a strong \(opaque.shown) or not"
            )
        }
    }

    /// The tags up to what is none.
    private static func tags(in value: ArraySlice<UInt8>) -> [Tag] {
        let rest = value.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
        let isWeak = rest.starts(with: "W/".utf8)
        let quoted = rest.dropFirst(isWeak ? 2 : 0)
        guard quoted.first == UInt8(ascii: "\""), let end = quoted.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
            return []
        }
        return [(isWeak, Array(quoted[..<end].dropFirst()))] + tags(in: quoted[(end + 1)...])
    }
}
