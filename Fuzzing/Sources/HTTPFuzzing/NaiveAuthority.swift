/// RFC 3986 §3.2.2 and §3.2.3, without user information; between brackets whatever looks like an address.
enum NaiveAuthority {
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        let hostEnd =
            text.hasPrefix("[") ? text.firstIndex(of: "]").map { text.index(after: $0) } : text.firstIndex(of: ":")
        if text.hasPrefix("["), hostEnd == nil { return false }
        let host = text[..<(hostEnd ?? text.endIndex)]
        let port = text[(hostEnd ?? text.endIndex)...]
        guard port.isEmpty || port.hasPrefix(":") else { return false }
        let digits = port.dropFirst()
        guard digits.isEmpty || Array(digits.utf8).isDigits, (Int(digits) ?? (digits.isEmpty ? 0 : .max)) <= 65_535
        else { return false }
        let marks = "-._~!$&'()*+,;="
        func isName(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber || marks.contains(character))
        }
        if host.hasPrefix("[") {
            let inside = host.dropFirst().dropLast()
            return !inside.isEmpty && inside.allSatisfy { isName($0) || $0 == ":" }
        }
        guard !host.isEmpty || port.isEmpty else { return false }
        let pieces = host.split(separator: "%", omittingEmptySubsequences: false)
        return pieces.allSatisfy { $0.allSatisfy(isName) }
            && pieces.dropFirst().allSatisfy { $0.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }
    }
}
