/// Finds where a page of a list goes on, without parsing the page.
package enum NextCursor {
    /// The value of the last member `next_cursor` of a body; nil where it is null or absent.
    ///
    /// Only the end of a body is looked at, where lists have it.
    package static func find(in body: [UInt8]) -> String? {
        let body = body.suffix(16 * 1024)
        let name = Array(#""next_cursor":""#.utf8)
        var end = body.endIndex
        while end > body.startIndex {
            guard let quote = body[..<end].lastIndex(of: name[name.endIndex - 1]) else { return nil }
            let start = body.index(after: quote)
            if body[..<start].reversed().starts(with: name.reversed()) {
                // A cursor is made of characters that JSON does not escape.
                return String(decoding: body[start...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
            }
            end = quote
        }
        return nil
    }
}
