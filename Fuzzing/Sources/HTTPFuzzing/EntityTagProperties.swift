@testable import HTTPServing

/// What must hold of lists of entity tags.
enum EntityTagProperties {
    static func check(_ input: [UInt8]) {
        // A value that the parser lets through: no controls but tabs.
        let value = input.filter { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
        let field = String(decoding: value, as: UTF8.self)
        let list = EntityTagList(parsing: field)
        for tag in list.tags {
            let written = (tag.isWeak ? "W/" : "") + "\"\(String(decoding: tag.opaque, as: UTF8.self))\""
            Finding.unless(Array(field.utf8).contains(written.utf8), "\(value.shown) has a tag \(written)")
            Finding.unless(list.contains(tag.opaque, comparing: .weak), "\(written) is not in its list")
            let isStrong = list.tags.contains { $0.opaque == tag.opaque && !$0.isWeak }
            Finding.unless(list.contains(tag.opaque, comparing: .strong) == isStrong, "\(written) is taken for strong")
        }
        let isAny = value[...].withoutBlanks.elementsEqual("*".utf8)
        let hasUnheardOf = list.contains(Array("\"".utf8), comparing: .strong)
        // Blanks and commas before `*` are empty elements.
        Finding.unless(
            hasUnheardOf == isAny || value.contains(UInt8(ascii: ",")),
            "\(value.shown) is any: \(hasUnheardOf)"
        )
        checkWellFormed(value)
    }

    /// A list made by the grammar (RFC 9110 §8.8.3, §5.6.1) is read to its end.
    private static func checkWellFormed(_ value: [UInt8]) {
        let pieces = value.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).map { piece in
            piece.filter { $0 > 0x20 }
        }
        let tags = pieces.enumerated().map { index, piece in
            EntityTagList.Tag(isWeak: index % 3 == 1, opaque: Array(String(decoding: piece, as: UTF8.self).utf8))
        }
        let elements = tags.map { ($0.isWeak ? "W/\"" : "\"").utf8 + $0.opaque + "\"".utf8 }
        let field = String(decoding: Array(elements.joined(separator: " ,\t, ".utf8)), as: UTF8.self)
        Finding.unless(EntityTagList(parsing: field).tags == tags, "\(Array(field.utf8).shown) lost tags")
    }
}
