@testable import HTTPServing

/// What must hold of a query's items.
enum QueryProperties {
    static func check(_ input: [UInt8]) {
        // Of bytes that a target may have.
        let query = input.filter { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        let items = try? QueryItem.decode(query[...])
        let expected = read(query)
        Finding.unless(items == expected, "\(query.shown) was decoded to \(String(describing: items))")
        guard let items else { return }
        let encoded = items.map {
            NaivePercentEncoding.encode($0.name) + "=".utf8 + NaivePercentEncoding.encode($0.value)
        }
        let again = try? QueryItem.decode(Array(encoded.joined(separator: "&".utf8))[...])
        Finding.unless(again == items, "\(items) became \(String(describing: again)) when they were sent again")
    }

    /// Nil where a part cannot be decoded (https://url.spec.whatwg.org/#urlencoded-parsing).
    private static func read(_ query: [UInt8]) -> [QueryItem]? {
        var items: [QueryItem] = []
        for piece in String(decoding: query, as: UTF8.self).split(separator: "&") {
            let parts = piece.replacing("+", with: " ").split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = NaivePercentEncoding.decode(Array(parts[0].utf8)),
                let value = parts.count == 2 ? NaivePercentEncoding.decode(Array(parts[1].utf8)) : ""
            else { return nil }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }
}
