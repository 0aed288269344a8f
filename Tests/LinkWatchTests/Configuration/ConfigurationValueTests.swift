import Testing

@testable import LinkWatch

struct ConfigurationValueTests {
    @Test(arguments: [
        ("20GiB", 21_474_836_480), ("512MiB", 536_870_912), ("1GB", 1_000_000_000), ("8KiB", 8192), ("8 KiB", 8192),
        ("1kB", 1000), ("1TiB", 1_099_511_627_776), ("7B", 7), ("7", 7),
    ])
    func `a size is read and written`(text: String, bytes: Int) throws {
        #expect(try SizeText.parse(text) == bytes)
        #expect(try SizeText.parse(SizeText.format(bytes)) == bytes)
    }

    @Test(arguments: ["", "GiB", "1.5GiB", "-1", "1gib", "1 XB", "99999999999999999999", "9999999999TiB"])
    func `what is no size is refused`(text: String) {
        #expect(throws: Refusal.self) { try SizeText.parse(text) }
    }

    @Test(arguments: [
        ("endpont", "endpoint"), ("enpdoint", "endpoint"), ("Endpoint", "endpoint"), ("end-point", "endpoint"),
        ("x", nil), ("completely", nil), ("nam", "name"), ("ids", "id"),
    ])
    func `the nearest key is a near one`(word: String, expected: String?) {
        #expect(EditDistance.nearest(to: word, among: ["id", "name", "endpoint"]) == expected)
    }

    @Test(arguments: [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ab", "ba", 1)])
    func `the distance counts letters`(left: String, right: String, expected: Int) {
        #expect(EditDistance.between(left, right) == expected)
        #expect(EditDistance.between(right, left) == expected)
    }

    @Test(arguments: [
        ("a", true), ("A_1", true), ("_x", true), ("", false), ("1a", false), ("a-b", false), ("é", false),
        ("__a", false),
        ("kafka_cluster_id", false), ("severity", false),
    ])
    func `label names follow Prometheus`(name: String, isAllowed: Bool) {
        #expect(((try? LabelName.check(name)) != nil) == isAllowed)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LOCALHOST", true), ("::1", true),
        ("::ffff:127.0.0.1", true), ("::", false), ("0.0.0.0", false), ("::ffff:10.0.0.1", false),
        ("example.org", false),
        ("127.0.0.1.example.org", false), ("fe80::1%eth0", false), ("128.0.0.1", false),
    ])
    func `loopback is told from the rest`(host: String, expected: Bool) {
        #expect(HostName.isValid(host))
        #expect(HostName.isLoopback(host) == expected)
    }
}
