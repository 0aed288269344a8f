@testable import HTTPServing

/// What must hold of the choice of a content coding.
enum EncodingProperties {
    static func check(_ input: [UInt8]) {
        // A value that the parser lets through: no controls but tabs.
        let value = input.filter { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
        let bytes = "@".utf8 + value + "@".utf8
        let range = 1..<bytes.count - 1
        // RFC 9110 §5.2: lines of one name are one list.
        let comma = bytes[range].firstIndex(of: UInt8(ascii: ",")) ?? range.upperBound
        var asOne = AcceptEncoding()
        asOne.take(bytes.span, range)
        var asTwo = AcceptEncoding()
        asTwo.take(bytes.span, range.lowerBound..<comma)
        asTwo.take(bytes.span, comma..<range.upperBound)
        for isOffered in [true, false] {
            let choice = asOne.choice(gzipIsOffered: isOffered)
            let expected = choose(value, gzipIsOffered: isOffered)
            Finding.unless(choice == expected, "\(value.shown) chose \(choice), not \(expected)")
            Finding.unless(asTwo.choice(gzipIsOffered: isOffered) == choice, "\(value.shown) in two lines differs")
        }
    }

    /// RFC 9110 §12.5.3.
    private static func choose(_ value: [UInt8], gzipIsOffered: Bool) -> AcceptEncoding.Choice {
        var weights: [String: Double] = [:]
        for element in value.split(separator: UInt8(ascii: ",")) {
            let parts = element.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(
                \.withoutBlanks
            )
            let coding = String(decoding: parts[0], as: UTF8.self).lowercasedASCII
            let name = coding == "x-gzip" ? "gzip" : coding
            let weight = parts.dropFirst().lazy.compactMap(weight).first ?? 1
            weights[name] = name == "gzip" ? max(weights[name] ?? 0, weight) : weight
        }
        let gzip = gzipIsOffered ? weights["gzip"] ?? weights["*"] ?? 0 : 0
        // Nobody asked for it, nobody forbade it: less than any weight.
        let identity = weights["identity"] ?? (weights["*"] == 0 ? 0 : 0.0001)
        if gzip > 0, gzip >= identity { return .gzip }
        return identity > 0 ? .identity : .none
    }

    /// §12.4.2: nil for another parameter, nothing for a weight that is none.
    private static func weight(_ parameter: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: parameter, as: UTF8.self).lowercasedASCII.utf8
        guard text.starts(with: "q=".utf8) else { return nil }
        let number = Array(text.dropFirst(2))
        let fraction = number.dropFirst(2)
        guard number.count <= 5, number.first == 0x30 || number.first == 0x31, number.count < 2 || number[1] == 0x2E,
            fraction.isEmpty || fraction.isDigits
        else { return 0 }
        let weight = Double(String(decoding: number, as: UTF8.self) + (number.count == 1 ? "." : "") + "0") ?? 0
        return weight <= 1 ? weight : 0
    }
}
