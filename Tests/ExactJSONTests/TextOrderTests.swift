import ExactJSON
import Foundation
import Testing

/// Texts as bytes: told apart and put in order as a server that sent them would.
struct TextOrderTests {
    private static let texts = [
        "", "\u{0}", "A", "a", "aa", "ab", "b", "caf\u{E9}", "cafe\u{301}", "fifteen bytes..", "sixteen bytes...",
        "sixteen bytes..,", "\u{E9}", "\u{FF}", "\u{10000}", "\u{FFFF}",
    ]

    @Test(arguments: texts, texts)
    func theBytesDecide(left: String, right: String) {
        let (leftBytes, rightBytes) = (Array(left.utf8), Array(right.utf8))
        #expect(left.hasBytes(of: right) == (leftBytes == rightBytes))
        #expect(left.precedesInBytes(right) == leftBytes.lexicographicallyPrecedes(rightBytes))
    }

    @Test func textsThatAreBridgedAreComparedToo() {
        let bridged = NSString(string: "caf\u{E9} au lait, with much milk") as String
        #expect(bridged.hasBytes(of: "caf\u{E9} au lait, with much milk"))
        #expect(!bridged.precedesInBytes("caf\u{E9}"))
    }
}
