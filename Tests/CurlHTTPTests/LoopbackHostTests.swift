import Testing

@testable import CurlHTTP

struct LoopbackHostTests {
    @Test(arguments: [
        "http://localhost/", "http://LocalHost:80/", "http://a.localhost/", "http://localhost./", "http://127.0.0.1/",
        "http://127.9.8.7/", "http://0x7f.1/", "http://2130706433/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]:80/",
        "http://[::ffff:127.0.0.1]/",
    ])
    func loopbackIsKnownByAnyName(url: String) throws {
        #expect(LoopbackHost.contains(try CurlTarget(parsing: url).origin.host))
    }

    @Test(arguments: [
        "http://localhost.example/", "http://mylocalhost/", "http://128.0.0.1/", "http://127.0.0.1.example/",
        "http://[::2]/", "http://[fe80::1]/", "http://[::ffff:10.0.0.1]/", "http://10.127.0.0/",
    ])
    func otherHostsAreNot(url: String) throws {
        #expect(!LoopbackHost.contains(try CurlTarget(parsing: url).origin.host))
    }
}
