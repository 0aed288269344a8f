extension Message.Field {
    /// RFC 9112 §5, with neither a blank before the colon nor a line folded.
    init?(naively line: ArraySlice<UInt8>) {
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].isToken else { return nil }
        let value = parts[1].withoutBlanks
        // RFC 9110 §5.5.
        guard value.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) || $0 >= 0x80 }) else { return nil }
        self.init(name: Array(parts[0]), value: Array(value))
    }

    var lowercasedName: String { String(decoding: name, as: UTF8.self).lowercasedASCII }
}

extension Message.Target {
    /// RFC 9112 §3.2.
    init?(naively word: ArraySlice<UInt8>) {
        let text = String(decoding: word, as: UTF8.self)
        guard word.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#") else { return nil }
        func divided(_ text: Substring) -> (path: [UInt8], query: [UInt8]?) {
            let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            return (Array(parts[0].utf8), parts.count == 2 ? Array(parts[1].utf8) : nil)
        }
        if text == "*" {
            self = .asterisk
        } else if text.hasPrefix("/") {
            let (path, query) = divided(text[...])
            self = .origin(path: path, query: query)
        } else {
            let scheme = ["http://", "https://"].first { text.lowercasedASCII.hasPrefix($0) }
            guard let scheme else { return nil }
            let hierarchy = text.dropFirst(scheme.count)
            let authority = Array(hierarchy.prefix { $0 != "/" && $0 != "?" }.utf8)
            guard !authority.isEmpty, NaiveAuthority.isValid(authority[...]) else { return nil }
            let (path, query) = divided(hierarchy.dropFirst(authority.count))
            self = .absolute(authority: authority, path: path, query: query)
        }
    }
}
