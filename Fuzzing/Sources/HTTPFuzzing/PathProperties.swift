@testable import HTTPServing

/// What must hold of a path's segments.
enum PathProperties {
    static func check(_ input: [UInt8]) {
        // Of bytes that a target may have, with something around them that is not the path.
        let path = "/".utf8 + input.filter { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        let segments = PathSegments("GET ".utf8 + path + "/x".utf8, 4..<4 + path.count)
        let pieces = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map(
            Array.init
        )
        let ranges = Array(sequence(first: segments.first) { segments.next(after: $0) })
        Finding.unless(ranges.map { Array(segments.bytes[$0]) } == pieces, "\(path.shown) has segments \(ranges)")
        for (range, piece) in zip(ranges, pieces) {
            let text = NaivePercentEncoding.decode(piece)
            let decoded = PercentEncoding.decode(segments.bytes[range])
            Finding.unless(decoded == text, "\(piece.shown) was decoded to \(String(describing: decoded))")
            // A literal of a template has no percent signs of its own to be decoded.
            guard let text, !text.contains("%") else { continue }
            Finding.unless(segments.equals(range, Array(text.utf8)), "\(piece.shown) does not equal \(text)")
            Finding.unless(!segments.equals(range, Array(text.utf8) + [0x78]), "\(piece.shown) equals \(text)x")
        }
        let isDecodable = pieces.allSatisfy { NaivePercentEncoding.decode($0) != nil }
        Finding.unless(segments.isDecodable == isDecodable, "\(path.shown) is said to be decodable or not")
    }
}
