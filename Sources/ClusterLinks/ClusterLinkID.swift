/// Confluent's `cluster_link_id`: the unpadded base64url of the 16 bytes of the deprecated `link_id`.
package struct ClusterLinkID: TextIdentifier {
    package let rawValue: String

    package init?(_ rawValue: String) {
        guard !rawValue.isEmpty else { return nil }
        self.rawValue = rawValue
    }

    /// Makes the id from a `link_id`, a UUID in its 8-4-4-4-12 form (truth rule 5); nil for any other text.
    package init?(linkID uuid: String) {
        guard let bytes = Self.bytes(ofUUID: uuid) else { return nil }
        rawValue = Self.base64URL(bytes)
    }

    private static func bytes(ofUUID text: String) -> [UInt8]? {
        guard text.utf8.count == 36 else { return nil }
        var digits: [UInt8] = []
        for (index, character) in text.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard character == "-" else { return nil }
            } else {
                guard character.isASCII, let digit = character.hexDigitValue else { return nil }
                digits.append(UInt8(digit))
            }
        }
        guard digits.count == 32 else { return nil }
        return stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// RFC 4648 §5 without the padding of §3.2.
    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".unicodeScalars)
        var text = String.UnicodeScalarView()
        var accumulator: UInt32 = 0
        var bits = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(accumulator >> bits & 0x3F)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(accumulator << (6 - bits) & 0x3F)]) }
        return String(text)
    }
}
