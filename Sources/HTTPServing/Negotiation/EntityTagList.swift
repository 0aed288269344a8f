/// The value of `If-None-Match` or `If-Match`: `*`, or entity tags (RFC 9110 §13.1.1, §13.1.2).
struct EntityTagList: Equatable {
    struct Tag: Equatable {
        var isWeak: Bool
        /// What stands between the quotes.
        var opaque: [UInt8]
    }

    enum Comparison { case strong, weak }

    private var isAny = false
    private(set) var tags: [Tag] = []

    /// Reads what can be read: an element that is no tag ends the list, since where the next begins cannot be known.
    init(parsing field: String) {
        let bytes = Array(field.utf8)
        var index = 0
        while index < bytes.count {
            while index < bytes.count, Octet.isBlank(bytes[index]) || bytes[index] == Octet.comma { index += 1 }
            guard index < bytes.count else { return }
            if bytes[index] == UInt8(ascii: "*") {
                // `*` stands alone.
                isAny = tags.isEmpty && bytes[(index + 1)...].allSatisfy(Octet.isBlank)
                return
            }
            let isWeak = bytes[index...].starts(with: [UInt8(ascii: "W"), UInt8(ascii: "/")])
            if isWeak { index += 2 }
            guard index < bytes.count, bytes[index] == Octet.quote,
                let end = bytes[(index + 1)...].firstIndex(of: Octet.quote)
            else { return }
            tags.append(Tag(isWeak: isWeak, opaque: Array(bytes[(index + 1)..<end])))
            index = end + 1
        }
    }

    /// RFC 9110 §8.8.3.2: weak comparison looks at the opaque part only, strong wants both tags strong.
    func contains(_ opaque: [UInt8], comparing: Comparison) -> Bool {
        isAny || tags.contains { $0.opaque == opaque && (comparing == .weak || !$0.isWeak) }
    }
}
