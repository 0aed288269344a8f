import CurlHTTP
import Testing

struct GunzipTests {
    @Test func bytesThatAreNotGzipAreRefused() {
        #expect(throws: GunzipError.notGzip) { try gunzip(Array("{}".utf8), limit: 10) }
    }
}
