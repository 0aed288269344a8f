import Testing

@testable import LinkWatch

struct ConfigurationClusterTests {
    @Test(arguments: [
        ("https://pkc-1.eu.confluent.cloud", "https://pkc-1.eu.confluent.cloud/kafka/v3"),
        ("https://pkc-1.eu.confluent.cloud/", "https://pkc-1.eu.confluent.cloud/kafka/v3"),
        ("HTTPS://Host.Example:443/kafka/v3/", "https://host.example:443/kafka/v3"),
        ("http://127.0.0.1:8082/v3", "http://127.0.0.1:8082/v3"),
        ("http://[::1]:8082", "http://[::1]:8082/kafka/v3"),
        ("http://rest_proxy:8082/a%2Fb", "http://rest_proxy:8082/a%2Fb"),
    ])
    func `an endpoint has the default path where it has none`(endpoint: String, expected: String) throws {
        let configuration = try configuration("clusters: [ { id: a, endpoint: '\(endpoint)' } ]")
        #expect(configuration.clusters.first?.endpoint.text == expected)
        #expect(configuration.clusters.first?.name == "a")
    }

    @Test(arguments: [
        (
            "pkc-1.confluent.cloud:443",
            "needs a scheme, as in https://host.example.org, got `pkc-1.confluent.cloud:443`"
        ),
        ("https://", "lacks a host, got `https://`"),
        ("https://:443", "lacks a host, got `https://:443`"),
        ("https://h:0", "needs a port from 1 to 65535 after the colon, got `https://h:0`"),
        ("https://h:65536", "needs a port from 0 to 65535 after the colon, got `https://h:65536`"),
        ("https://h:", "needs a port from 0 to 65535 after the colon, got `https://h:`"),
        ("https://1.2.3", "has a host that is no name and no address, got `https://1.2.3`"),
        ("https://-h", "has a host that is no name and no address, got `https://-h`"),
        ("https://::1/", "has several colons; put an IPv6 address in brackets, as in [::1]:8080, got `https://::1/`"),
        ("https://[1]/", "has no IPv6 address between the brackets, got `https://[1]/`"),
        ("https://[::1/", "lacks the ] of an IPv6 address, got `https://[::1/`"),
        ("https://h/a b", "holds a character that no URL has"),
        ("https://h/?q=1", "must not have a query (?…)"),
        ("https://h/#top", "must not have a fragment (#…)"),
        ("https://key:hunter2@h", "must not hold a user name or password; use auth.basic"),
        ("key:hunter2@h", "must not hold a user name or password; use auth.basic"),
        ("ftp://key:hunter2@h", "must not hold a user name or password; use auth.basic"),
    ])
    func `a wrong endpoint is refused`(endpoint: String, sentence: String) {
        let found = problems(in: "clusters:\n- id: a\n  endpoint: '\(endpoint)'")
        #expect(found == ["c.yaml:3:13: clusters[0].endpoint: \(sentence)"])
    }

    @Test(arguments: [
        (
            "id: a b",
            "c.yaml:3:7: clusters[0].id: expected letters, digits, -, _, . and ~, such as lkc-3w6270, got `a b`"
        ),
        (
            "id: a\n  auth: { basic: { username: u, password: p }, bearer: { token: t } }",
            "c.yaml:4:56: clusters[0].auth.bearer: basic and bearer contradict each other; give one of the two"
        ),
        (
            "id: a\n  auth: { bearer: {} }",
            "c.yaml:4:19: clusters[0].auth.bearer.token: is required, as token or token_file"
        ),
        (
            "id: a\n  auth: { basic: { username: u, password: p, password_file: f } }",
            "c.yaml:4:61: clusters[0].auth.basic.password_file: contradicts password in line 4; give one of the two"
        ),
        ("id: a\n  auth: { digest: {} }", "c.yaml:4:11: clusters[0].auth.digest: unknown key"),
        (
            "id: a\n  labels: { 1x: y }",
            "c.yaml:4:13: clusters[0].labels.1x: is no label name: use letters, digits and _, beginning with no digit"
        ),
        (
            "id: a\n  labels: { link_name: y }",
            "c.yaml:4:13: clusters[0].labels.link_name: is reserved: linkwatch's own metrics and alerts have a label of "
                + "that name"
        ),
        (
            "id: a\n  labels: { __x: y }",
            "c.yaml:4:13: clusters[0].labels.__x: is reserved: names with __ are Prometheus' own"
        ),
        ("id: a\n  expected_links: [x, y, x]", "c.yaml:4:26: clusters[0].expected_links[2]: is listed twice"),
        (
            "id: a\n  proxy: http://u:hunter2@p",
            "c.yaml:4:10: clusters[0].proxy: must not hold a password; give it in the environment's https_proxy instead"
        ),
        (
            "id: a\n  proxy: ftp://p",
            "c.yaml:4:10: clusters[0].proxy: has a scheme that is not socks5, socks5h, https, http, got `ftp://p`"
        ),
        (
            "id: a\n  tls: { ca_file: /nowhere/ca.pem }",
            "c.yaml:4:19: clusters[0].tls.ca_file: cannot read /nowhere/ca.pem: no such file or directory"
        ),
        (
            "id: a\n  tls: { client_key_file: /dev/null }",
            "c.yaml:4:27: clusters[0].tls.client_key_file: cannot read /dev/null: it is not a regular file\n"
                + "c.yaml:4:27: clusters[0].tls.client_key_file: needs client_certificate_file beside it"
        ),
    ])
    func `a wrong cluster is refused`(cluster: String, expected: String) {
        let found = problems(in: "clusters:\n- endpoint: https://h\n  \(cluster)")
        #expect(found.joined(separator: "\n") == expected)
    }

    @Test func `ids and names are unique, also against each other`() {
        let yaml = """
            clusters:
              - { id: a, endpoint: https://h }
              - { id: a, endpoint: https://h, name: n }
              - { id: b, endpoint: broken, name: n }
              - { id: c, endpoint: https://h, name: b }
              - { id: d, endpoint: https://h, name: d }
            """
        #expect(
            problems(in: yaml) == [
                "c.yaml:3:11: clusters[1].id: is also the id of clusters[0]; each cluster needs its own",
                "c.yaml:4:24: clusters[2].endpoint: needs a scheme, as in https://host.example.org, got `broken`",
                "c.yaml:4:38: clusters[2].name: is also the name of clusters[1]; each cluster needs its own",
                "c.yaml:5:41: clusters[3].name: is the id of clusters[2]",
            ]
        )
    }

    @Test func `a cluster overrides any default of polling`() throws {
        let yaml = """
            poll: { interval: 30s, tasks: false, concurrency: 8 }
            clusters:
              - { id: a, endpoint: https://h }
              - { id: b, endpoint: https://h, poll: { interval: 2s, tasks: true } }
              - { id: c, endpoint: https://h, poll: { timeout: 5s, stale_after: 1h, concurrency: 2 } }
            """
        let configuration = try configuration(yaml)
        var expected = Configuration.Poll()
        expected.interval = .seconds(30)
        expected.staleAfter = .seconds(90)
        expected.tasks = false
        expected.concurrency = 8
        #expect(configuration.poll == expected)
        #expect(configuration.clusters[0].poll == expected)

        var second = expected
        second.interval = .seconds(2)
        second.timeout = .seconds(2)
        second.staleAfter = .seconds(6)
        second.tasks = true
        #expect(configuration.clusters[1].poll == second)

        var third = expected
        third.timeout = .seconds(5)
        third.staleAfter = .seconds(3600)
        #expect(configuration.clusters[2].poll == third)
        #expect(
            configuration.warnings.map(\.description) == [
                "c.yaml:5:86: clusters[2].poll.concurrency: has no effect here: it counts the polls of the whole fleet"
            ]
        )
    }

    @Test func `a contradiction of the fleet is told once`() {
        let yaml = """
            poll: { interval: 30s, stale_after: 10s }
            clusters: [ { id: a, endpoint: https://h }, { id: b, endpoint: https://h } ]
            """
        #expect(problems(in: yaml).count == 1)
    }

    @Test(arguments: [
        (
            "endpoint: http://kafka.internal\n  auth: { basic: { username: u, password: '${P}' } }",
            "c.yaml:3:13: clusters[0].endpoint: credentials travel unencrypted over http; use https"
        ),
        (
            "endpoint: https://h\n  auth: { basic: { username: u, password: p } }",
            "c.yaml:4:43: clusters[0].auth.basic.password: a secret stands in this file; keep it in a file of its own or "
                + "in the environment"
        ),
        (
            "endpoint: https://h\n  expected_links_exhaustive: true",
            "c.yaml:4:30: clusters[0].expected_links_exhaustive: no link is expected, so every link will be an alert; "
                + "list them in expected_links"
        ),
        (
            "endpoint: https://h\n  poll: { backoff_max: 1s }",
            "c.yaml:4:24: clusters[0].poll.backoff_max: backoff_max 1s is shorter than interval 1m and has no effect"
        ),
        ("endpoint: http://127.0.0.1:1\n  auth: { basic: { username: u, password: '${P}' } }", ""),
    ])
    func `what is allowed and doubtful is warned of`(cluster: String, expected: String) throws {
        let configuration = try configuration("clusters:\n- id: a\n  \(cluster)", environment: ["P": "hunter2"])
        #expect(configuration.warnings.map(\.description).joined(separator: "\n") == expected)
    }
}
