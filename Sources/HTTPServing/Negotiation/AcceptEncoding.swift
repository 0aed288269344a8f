/// Which of gzip and no coding at all a client prefers (RFC 9110 §12.5.3).
struct AcceptEncoding {
    /// What to send.
    enum Choice: Sendable, Equatable { case identity, gzip, none }

    // Weights are in thousandths, which is all the grammar allows (§12.4.2).
    private var isGiven = false
    private var gzip: Int?
    private var identity: Int?
    private var others: Int?

    /// Takes in one line's value; several lines mean one list (§5.2).
    mutating func take(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        isGiven = true
        bytes.forEachElement(of: value) { element in
            let end = bytes.firstIndex(of: Octet.semicolon, from: element.lowerBound, to: element.upperBound)
            let name = bytes.trimmed(element.lowerBound..<(end ?? element.upperBound))
            let weight = end.map { Self.weight(bytes, $0..<element.upperBound) } ?? 1000
            // §8.4.1.3: x-gzip is gzip.
            if bytes.matches(name, "gzip") || bytes.matches(name, "x-gzip") {
                gzip = max(gzip ?? 0, weight)
            } else if bytes.matches(name, "identity") {
                identity = weight
            } else if bytes.matches(name, "*") {
                others = weight
            }
        }
    }

    func choice(gzipIsOffered: Bool) -> Choice {
        // Without the field any coding may be used; the plain one needs no guess about the client.
        guard isGiven else { return .identity }
        let gzipWeight = gzipIsOffered ? gzip ?? others ?? 0 : 0
        // The plain form is acceptable unless it is excluded by name or by `*;q=0`, and comes last when nobody asks for it.
        let identityWeight = identity ?? (others == 0 ? 0 : 1)
        if gzipWeight > 0, gzipWeight >= identityWeight { return .gzip }
        return identityWeight > 0 ? .identity : .none
    }

    /// The first `q` of an element's parameters, each after a `;`.
    private static func weight(_ bytes: Span<UInt8>, _ parameters: Range<Int>) -> Int {
        var start = parameters.lowerBound + 1
        while start <= parameters.upperBound {
            let end = bytes.firstIndex(of: Octet.semicolon, from: start, to: parameters.upperBound)
            let parameter = bytes.trimmed(start..<(end ?? parameters.upperBound))
            if parameter.count >= 2, bytes.matches(parameter.lowerBound..<parameter.lowerBound + 2, "q=") {
                return qvalue(bytes, parameter.lowerBound + 2..<parameter.upperBound)
            }
            guard let end else { break }
            start = end + 1
        }
        return 1000
    }

    /// `0[.ddd]` or `1[.000]`; a malformed one counts as 0, for it cannot have meant a wish.
    private static func qvalue(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Int {
        guard let first = value.first, bytes[first] & 0xFE == UInt8(ascii: "0"), value.count <= 5 else { return 0 }
        var thousandths = bytes[first] == UInt8(ascii: "1") ? 1000 : 0
        guard value.count > 1 else { return thousandths }
        guard bytes[first + 1] == UInt8(ascii: ".") else { return 0 }
        var unit = 100
        for index in value.dropFirst(2) {
            guard Octet.isDigit(bytes[index]) else { return 0 }
            thousandths += Int(bytes[index] - 0x30) * unit
            unit /= 10
        }
        return thousandths <= 1000 ? thousandths : 0
    }
}
