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
        Finding.unless(segments.count == pieces.count, "\(path.shown) has \(segments.count) segments")
        for (index, piece) in pieces.enumerated() {
            let text = NaivePercentEncoding.decode(piece)
            Finding.unless(segments.decoded(index) == text, "\(piece.shown) was decoded to \(String(describing: text))")
            Finding.unless(segments.isEmpty(index) == piece.isEmpty, "\(piece.shown) is taken for empty")
            // A literal of a template has no percent signs of its own to be decoded.
            guard let text, !text.contains("%") else { continue }
            Finding.unless(segments.equals(index, Array(text.utf8)), "\(piece.shown) does not equal \(text)")
            Finding.unless(!segments.equals(index, Array(text.utf8) + [0x78]), "\(piece.shown) equals \(text)x")
        }
        let isDecodable = pieces.allSatisfy { NaivePercentEncoding.decode($0) != nil }
        Finding.unless(segments.isDecodable == isDecodable, "\(path.shown) is said to be decodable or not")
    }
}
