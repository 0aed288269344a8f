import HTTPTypes

/// One `name=value` of a query; a name without `=` has an empty value.
package struct QueryItem: Sendable, Hashable {
    /// The decoded name.
    package var name: String
    /// The decoded value.
    package var value: String

    /// Makes an item of decoded texts.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Splits at `&` and the first `=`, then decodes each part once; `+` is a blank
    /// (https://url.spec.whatwg.org/#urlencoded-parsing).
    static func decode(_ query: ArraySlice<UInt8>) throws(Problem) -> [QueryItem] {
        var items: [QueryItem] = []
        for piece in query.split(separator: UInt8(ascii: "&")) {
            let equals = piece.firstIndex(of: UInt8(ascii: "="))
            let name = piece[..<(equals ?? piece.endIndex)]
            let value = equals.map { piece[($0 + 1)...] } ?? []
            guard let name = PercentEncoding.decode(name, plusIsBlank: true),
                let value = PercentEncoding.decode(value, plusIsBlank: true)
            else { throw Problem(status: .badRequest, detail: "the query is not percent-encoded UTF-8") }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }
}
