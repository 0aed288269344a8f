import HTTPServing
import Testing

@testable import LinkWatch

/// Safe by default: who can reach linkwatch, and with what.
struct ConfigurationSafetyTests {
    private static let refusal = "can be reached from other machines: add auth.tokens, or say auth.anonymous: read"

    @Test(arguments: [
        ("127.0.0.1:8080", ListenAddress.ip(host: "127.0.0.1", port: 8080)),
        ("127.9.9.9:0", .ip(host: "127.9.9.9", port: 0)),
        ("localhost:80", .ip(host: "localhost", port: 80)),
        ("'[::1]:8080'", .ip(host: "::1", port: 8080)),
        ("'[::ffff:127.0.0.1]:8080'", .ip(host: "::ffff:127.0.0.1", port: 8080)),
        ("unix:/run/linkwatch/http.sock", .unix(path: "/run/linkwatch/http.sock")), ("systemd", .systemd(name: nil)),
        ("systemd:web", .systemd(name: "web")),
    ])
    func `loopback needs no token`(listen: String, expected: ListenAddress) throws {
        #expect(try configuration("listen: \(listen)").listen == [expected])
        #expect(expected.isLoopback)
    }

    @Test(arguments: [":8080", "0.0.0.0:8080", "'[::]:8080'", "10.0.0.1:0", "example.org:80", "'[::ffff:10.0.0.1]:1'"])
    func `any other address needs tokens or the word that reading is open`(listen: String) throws {
        #expect(problems(in: "listen: \(listen)") == ["c.yaml:1:9: listen: \(Self.refusal)"])
        #expect(problems(in: "listen: \(listen)\nauth: { tokens: [], anonymous: none }").count == 1)
        #expect(try configuration("listen: \(listen)\nauth: { anonymous: read }").auth.anonymous == .read)
        let tokens = "auth: { tokens: [ { name: a, role: read, token: '${T}' } ] }"
        let configuration = try configuration(
            "listen: \(listen)\n\(tokens)",
            environment: ["T": "0123456789abcdef0123"]
        )
        #expect(configuration.auth.tokens.count == 1)
        #expect(configuration.listen.allSatisfy { !$0.isLoopback })
    }

    @Test func `each address of a list counts`() {
        let yaml = "listen:\n- 127.0.0.1:1\n- :2\n- 10.0.0.1:3\n- 127.0.0.1:1\n- 127.0.0.1:0\n- 127.0.0.1:0"
        #expect(
            problems(in: yaml) == [
                "c.yaml:3:3: listen[1]: \(Self.refusal)", "c.yaml:4:3: listen[2]: \(Self.refusal)",
                "c.yaml:5:3: listen[3]: is listed twice",
            ]
        )
    }

    @Test(arguments: [
        ("8080", "needs a port, as in 127.0.0.1:8080, got `8080`"),
        ("127.0.0.1:http", "needs a port from 0 to 65535 after the colon, got `127.0.0.1:http`"),
        ("127.0.0.1:65536", "needs a port from 0 to 65535 after the colon, got `127.0.0.1:65536`"),
        ("::1:8080", "has several colons; put an IPv6 address in brackets, as in [::1]:8080, got `::1:8080`"),
        ("256.0.0.1:1", "expected host:port, [::1]:port, :port, unix:/path or systemd, got `256.0.0.1:1`"),
        ("http://h:1", "has several colons; put an IPv6 address in brackets, as in [::1]:8080, got `http://h:1`"),
        ("unix:run/x", "needs an absolute path after unix:, got `unix:run/x`"),
    ])
    func `a wrong address is refused`(listen: String, sentence: String) {
        #expect(problems(in: "listen: '\(listen)'") == ["c.yaml:1:9: listen: \(sentence)"])
    }

    @Test func `a socket that is handed over is listed once`() throws {
        let yaml = "listen: [systemd:a, 'unix:/run/a', systemd, systemd:a, systemd:b]"
        let sentence = "is one of the sockets that systemd stands for; list the one or the other"
        #expect(
            problems(in: yaml) == [
                "c.yaml:1:10: listen[0]: \(sentence)", "c.yaml:1:45: listen[3]: is listed twice",
                "c.yaml:1:56: listen[4]: \(sentence)",
            ]
        )
        #expect(try configuration("listen: [systemd:a, 127.0.0.1:1, systemd:b]").listen.count == 3)
    }

    @Test func `an empty list of addresses is refused`() {
        #expect(problems(in: "listen: []") == ["c.yaml:1:9: listen: needs at least one address"])
    }

    @Test func `tokens are checked`() {
        let yaml = """
            listen: :80
            auth:
              anonymous: operate
              tokens:
                - { name: a, role: raed, token: "${T}" }
                - { name: b, role: read }
                - { name: c, role: read, token: "${T}" }
                - { name: c, role: admin, token: "${U}" }
                - { name: d, role: admin, token: "${T}" }
            """
        let found = problems(in: yaml, environment: ["T": "0123456789abcdef0123", "U": "abcdef01234567890123"])
        #expect(
            found == [
                "c.yaml:3:14: auth.anonymous: expected none or read, got `operate`",
                "c.yaml:5:24: auth.tokens[0].role: expected read, operate or admin, got `raed`; did you mean read?",
                "c.yaml:6:7: auth.tokens[1].token: is required, as token or token_file",
                "c.yaml:8:15: auth.tokens[3].name: is also the name of auth.tokens[2]",
                "c.yaml:9:7: auth.tokens[4].token: has the same value as the token c",
            ]
        )
    }

    @Test func `origins are kept as browsers write them`() throws {
        let yaml =
            "http: { cors_origins: ['HTTPS://Grafana.example:443/', 'http://a:80', 'https://b:80', 'http://[::1]:3000'] }"
        #expect(
            try configuration(yaml).http.corsOrigins == [
                "https://grafana.example", "http://a", "https://b:80", "http://[::1]:3000",
            ]
        )
        for origin in ["'null'", "'*'", "'https://*.example'", "file:///x", "'https://a/b'", "grafana.example"] {
            #expect(problems(in: "http: { cors_origins: [\(origin)] }").count == 1, "\(origin)")
        }
    }

    @Test func `a short token and a management that nobody can use are warned of`() throws {
        let yaml = "management: true\nauth: { tokens: [ { name: a, role: read, token: '${T}' } ] }"
        let configuration = try configuration(yaml, environment: ["T": "hunter2"])
        #expect(
            configuration.warnings.map(\.description) == [
                "c.yaml:1:1: clusters: no cluster is configured, so nothing is polled",
                "c.yaml:1:13: management: nobody can use it: no token has the role admin",
                "c.yaml:2:19: auth.tokens[0].token: is shorter than 20 bytes; `openssl rand -hex 32` makes one that "
                    + "cannot be guessed",
            ]
        )
    }
}
