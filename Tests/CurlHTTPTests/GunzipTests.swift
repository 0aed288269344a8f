import CurlHTTP
import Testing

struct GunzipTests {
    @Test func whatGzipPackedIsUnpacked() async throws {
        let original = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        let packed = try await Gzip.compress(original)
        #expect(try gunzip(packed, limit: original.count) == original)
        #expect(throws: GunzipError.tooLarge(limit: original.count - 1)) {
            try gunzip(packed, limit: original.count - 1)
        }
    }

    @Test func severalMembersAreOneText() throws {
        #expect(try gunzip(Gzip.hello + Gzip.hello, limit: 10) == Array("hellohello".utf8))
    }

    @Test func aBombIsStoppedAtTheLimit() async throws {
        let bomb = try await Gzip.compress([UInt8](repeating: 0, count: 50_000_000))
        #expect(throws: GunzipError.tooLarge(limit: 1000)) { try gunzip(bomb, limit: 1000) }
    }

    @Test(arguments: [([], GunzipError.notGzip), (Array("{}".utf8), .notGzip), ([0x1F], .notGzip)])
    func bytesThatAreNotGzipAreRefused(bytes: [UInt8], error: GunzipError) {
        #expect(throws: error) { try gunzip(bytes, limit: 10) }
    }

    @Test func bytesThatEndTooEarlyAreRefused() {
        for count in 2..<Gzip.hello.count {
            #expect(throws: GunzipError.truncated) { try gunzip(Array(Gzip.hello.prefix(count)), limit: 10) }
        }
    }

    @Test func bytesThatContradictTheirChecksAreRefused() {
        var bytes = Gzip.hello
        bytes[bytes.count - 6] ^= 1
        #expect(throws: GunzipError.corrupt) { try gunzip(bytes, limit: 10) }
        #expect(throws: GunzipError.corrupt) { try gunzip(Gzip.hello + [0, 0], limit: 10) }
    }
}
