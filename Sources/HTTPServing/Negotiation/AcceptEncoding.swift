/// Which of gzip and no coding at all a client prefers (RFC 9110 §12.5.3).
enum AcceptEncoding {
    /// What to send.
    enum Choice: Sendable, Equatable { case identity, gzip, none }

    /// Weights are in thousandths, which is all the grammar allows (§12.4.2).
    static func choose(_ field: String?, gzipIsOffered: Bool) -> Choice {
        // Without the field any coding may be used; the plain one needs no guess about the client.
        guard let field else { return .identity }
        var gzip: Int?
        var identity: Int?
        var others: Int?
        for element in field.utf8.split(separator: Octet.comma) {
            let parts = element.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            guard let first = parts.first else { continue }
            let name = lowercased(trimmed(first))
            let weight = parts.dropFirst().compactMap { self.weight(trimmed($0)) }.first ?? 1000
            switch name {
            // §8.4.1.3: x-gzip is gzip.
            case "gzip", "x-gzip": gzip = max(gzip ?? 0, weight)
            case "identity": identity = weight
            case "*": others = weight
            default: continue
            }
        }
        let gzipWeight = gzipIsOffered ? gzip ?? others ?? 0 : 0
        // The plain form is acceptable unless it is excluded by name or by `*;q=0`, and comes last when nobody asks for it.
        let identityWeight = identity ?? (others == 0 ? 0 : 1)
        if gzipWeight > 0, gzipWeight >= identityWeight { return .gzip }
        return identityWeight > 0 ? .identity : .none
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let first = text.first, Octet.isBlank(first) { text = text.dropFirst() }
        while let last = text.last, Octet.isBlank(last) { text = text.dropLast() }
        return text
    }

    private static func lowercased(_ text: Substring.UTF8View) -> String { Substring(text).lowercased() }

    /// `q=` and a qvalue: `0[.ddd]` or `1[.000]`; a malformed one counts as 0, for it cannot have meant a wish.
    private static func weight(_ parameter: Substring.UTF8View) -> Int? {
        let text = Substring(parameter)
        guard text.lowercased().hasPrefix("q=") else { return nil }
        let value = text.dropFirst(2)
        let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return 0 }
        let digits = parts.count > 1 ? parts[1] : ""
        guard digits.count <= 3, digits.utf8.allSatisfy(Octet.isDigit) else { return 0 }
        let thousandths = Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
        if whole == "1" { return thousandths == 0 ? 1000 : 0 }
        return thousandths
    }
}
