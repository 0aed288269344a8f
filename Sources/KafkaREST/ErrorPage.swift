/// What a page of HTML tells in a line: Jetty and the gateways before it answer so where JSON was asked for.
///
/// A scanner of tags and no parser of HTML: it ends on any bytes, in one pass, and at worst shows a line of noise.
struct ErrorPage: Sendable, Hashable {
    /// How much of a page is looked at; its title stands at its beginning.
    private static let reach = 65_536

    /// The title or, without one, the text of the page; nil where there is neither.
    let gist: String?

    /// Nil where the bytes do not begin as markup.
    init?(_ bytes: some Collection<UInt8>) {
        let page = Array(bytes.prefix(Self.reach))
        var start = page.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < page.count, page[start].isWhitespace { start += 1 }
        guard start < page.count, page[start] == UInt8(ascii: "<") else { return nil }
        var scanner = MarkupScanner(page[start...])
        scanner.run()
        gist = [scanner.title, scanner.text].lazy.map { Self.decoded($0) }.first { !PlainLine($0).text.isEmpty }
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        let entities = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&nbsp;", " "),
            // Last, or `&amp;lt;` would be unescaped twice.
            ("&amp;", "&"),
        ]
        return entities.reduce(String(decoding: bytes, as: UTF8.self)) { $0.replacing($1.0, with: $1.1) }
    }
}

private struct MarkupScanner {
    private(set) var title: [UInt8] = []
    private(set) var text: [UInt8] = []
    private var rest: ArraySlice<UInt8>
    /// The open element whose content is not the page's text.
    private var hidden: String?

    init(_ page: ArraySlice<UInt8>) { rest = page }

    mutating func run() {
        while let byte = rest.first {
            if byte == UInt8(ascii: "<"), hidden.map({ closes($0) }) ?? true {
                tag()
            } else {
                content(byte)
                rest.removeFirst()
            }
        }
    }

    /// In a title, a script or a style nothing is a tag but its own end.
    private func closes(_ name: String) -> Bool {
        String(decoding: rest.prefix(2 + name.utf8.count), as: UTF8.self).lowercased() == "</\(name)"
    }

    private mutating func content(_ byte: UInt8) {
        switch hidden {
        case nil: text.append(byte)
        case "title": title.append(byte)
        default: break
        }
    }

    private mutating func tag() {
        if rest.starts(with: "<!--".utf8) {
            skip(past: "-->")
            return
        }
        rest.removeFirst()
        let closing = rest.first == UInt8(ascii: "/")
        if closing { rest.removeFirst() }
        let name = String(
            decoding: rest.prefix { !$0.isWhitespace && !"/>".utf8.contains($0) }.prefix(16),
            as: UTF8.self
        )
        .lowercased()
        skip(past: ">")
        if closing, name == hidden {
            hidden = nil
        } else if !closing, hidden == nil, ["title", "script", "style"].contains(name) {
            hidden = name
        }
        // `<td>a</td><td>b</td>` reads "a b".
        if hidden == nil { text.append(UInt8(ascii: " ")) }
    }

    /// Drops everything where the mark does not come any more.
    private mutating func skip(past mark: StaticString) {
        let mark = Array("\(mark)".utf8)
        while !rest.isEmpty, !rest.starts(with: mark) { rest.removeFirst() }
        rest.removeFirst(min(mark.count, rest.count))
    }
}

extension UInt8 {
    fileprivate var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
