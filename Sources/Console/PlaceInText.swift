/// One line of a text with a mark below the place that is meant, as compilers show it.
package struct PlaceInText: CustomStringConvertible {
    private let line: String
    private let column: Int

    /// - Parameter offset: in bytes of UTF-8 from the beginning of the text.
    /// - Returns: nil where the text does not reach so far, or nothing stands on its line.
    package init?(_ text: String, offset: Int) {
        let bytes = Array(text.utf8)
        guard (0...bytes.count).contains(offset) else { return nil }
        func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
        let before = bytes[..<offset].reversed().prefix { !isEnd($0) }.reversed()
        let after = bytes[offset...].prefix { !isEnd($0) }
        let (head, tail) = (
            String(decoding: Array(before), as: UTF8.self).plain, String(decoding: after, as: UTF8.self).plain
        )
        // Of a long line what stands about the place.
        let shown = String(head.suffix(Self.reach))
        line = shown + String(tail.prefix(Self.reach))
        column = shown.displayWidth
        guard line.contains(where: { $0 != " " }) else { return nil }
    }

    package var description: String { "  \(line)\n  \(String(repeating: " ", count: column))^" }

    private static let reach = 38
}
