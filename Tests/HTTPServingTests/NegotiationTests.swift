import HTTPTypes
import Testing

@testable import HTTPServing

struct NegotiationTests {
    @Test(
        arguments: [
            (nil, .identity), ("", .identity), ("gzip", .gzip), ("x-gzip", .gzip), ("GZIP ; Q=0.5", .gzip),
            ("deflate, gzip;q=1.0, *;q=0.5", .gzip), ("br", .identity), ("*", .gzip), ("*;q=0", .none),
            ("gzip;q=0", .identity), ("gzip;q=0.000", .identity), ("gzip;q=0.001", .gzip),
            ("gzip;q=0.4, identity;q=0.5", .identity), ("gzip;q=0.5, identity;q=0.5", .gzip),
            ("identity;q=0", .none), ("identity;q=0, gzip", .gzip), ("*;q=0, identity", .identity),
            ("*;q=0, gzip;q=0.1", .gzip), ("gzip;q=2", .identity), ("gzip;q=", .identity), ("gzip;q=0.1234", .identity),
            ("gzip;q=1.001", .identity), ("gzip;q=0.", .identity), ("gzip;q=1.", .gzip), ("gzip;q=.5", .identity),
            ("gzip;q=00.5", .identity), ("gzip;q=0,5", .identity), ("gzip;q=\u{301}1", .identity),
            ("gzip;q=1\u{301}", .identity), (" , gzip ,", .gzip), ("gzip;level=9;q=0", .identity),
            ("identity", .identity),
        ] as [(String?, AcceptEncoding.Choice)]
    )
    func `the preferred coding is found`(_ field: String?, _ choice: AcceptEncoding.Choice) {
        #expect(Self.choice(field, gzipIsOffered: true) == choice)
    }

    private static func choice(_ field: String?, gzipIsOffered: Bool) -> AcceptEncoding.Choice {
        var accepted = AcceptEncoding()
        if let field {
            let bytes = Array(field.utf8)
            accepted.take(bytes.span, bytes.indices)
        }
        return accepted.choice(gzipIsOffered: gzipIsOffered)
    }

    @Test func `a coding that is not offered is never chosen`() {
        #expect(Self.choice("gzip", gzipIsOffered: false) == .identity)
        #expect(Self.choice("gzip, identity;q=0", gzipIsOffered: false) == .none)
    }

    @Test(
        arguments: [
            ("\"a\"", true, true), ("W/\"a\"", true, false), ("\"b\", \"a\"", true, true),
            ("\"b\",W/\"a\"", true, false),
            ("*", true, true), (" * ", true, true), ("\"b\"", false, false), ("", false, false), ("a", false, false),
            ("\"b\", *", false, false), ("w/\"a\"", false, false), ("\"x,\\\", \"a\"", true, true),
            ("\"a", false, false),
            ("\"A\"", false, false), (",, \"a\" ,", true, true),
        ] as [(String, Bool, Bool)]
    )
    func `entity tags are compared weakly and strongly`(_ field: String, _ weak: Bool, _ strong: Bool) {
        #expect(Self.contains("a", in: field, comparing: .weak) == weak)
        #expect(Self.contains("a", in: field, comparing: .strong) == strong)
    }

    private static func contains(_ tag: String, in field: String, comparing: EntityTagList.Comparison) -> Bool {
        let bytes = Array(field.utf8)
        return EntityTagList.contains(Array(tag.utf8), in: bytes.span, bytes.indices, comparing: comparing)
    }

    /// One bit, one place, one byte more: everything in which contents of up to three words can come close to each other.
    @Test func `contents that hardly differ have other digests`() {
        var contents: Set<[UInt8]> = []
        for length in 0...48 {
            let zeroes = [UInt8](repeating: 0, count: length)
            contents.insert(zeroes)
            for place in 0..<length {
                for bit in 0..<8 {
                    var one = zeroes
                    one[place] = 1 << UInt8(bit)
                    contents.insert(one)
                    for other in stride(from: place + 1, to: length, by: 5) {
                        var two = one
                        two[other] = 1 << UInt8(bit)
                        contents.insert(two)
                    }
                }
            }
        }
        let digests = Set(contents.map(ContentDigest.hex))
        #expect(digests.count == contents.count)
        #expect(digests.allSatisfy { $0.utf8.count == 32 })
    }

    @Test func `a digest is the same after a restart`() {
        #expect(ContentDigest.hex([]) == "f7cb8628d4d019bf9ad67b550d911d1a")
        #expect(ContentDigest.hex(Array("foobar".utf8)) == "bcdfc02895604e43a864e50a6a4aeda8")
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ] as [(Int64, String)]
    )
    func `dates are in IMF form`(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }
}
