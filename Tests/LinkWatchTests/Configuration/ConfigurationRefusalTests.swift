import Foundation
import Testing

@testable import LinkWatch

/// Each refusal with its exact place and words.
struct ConfigurationRefusalTests {
    @Test(arguments: [
        // Keys.
        ("listn: :8080", "c.yaml:1:1: listn: unknown key; did you mean listen?"),
        (
            "clusters:\n  - id: a\n    endpont: https://h",
            "c.yaml:2:5: clusters[0].endpoint: is required\n"
                + "c.yaml:3:5: clusters[0].endpont: unknown key; did you mean endpoint?"
        ),
        ("quux: 1", "c.yaml:1:1: quux: unknown key"),
        ("poll:\n  Interval: 5s", "c.yaml:2:3: poll.Interval: unknown key; did you mean interval?"),
        ("poll:\n  stale-after: 5m", "c.yaml:2:3: poll.stale-after: unknown key; did you mean stale_after?"),
        ("? [a]\n: 1", "c.yaml:1:3: a key must be a plain word"),
        ("database: a\npoll: {}\ndatabase: b", "c.yaml:3:1: database: duplicate key, first given in line 1"),
        // Kinds.
        ("- a", "c.yaml:1:1: expected a mapping, got a list"),
        ("hello", "c.yaml:1:1: expected a mapping, got text"),
        ("poll: 60s", "c.yaml:1:7: poll: expected a mapping, got text"),
        ("clusters: {}", "c.yaml:1:11: clusters: expected a list, got a mapping"),
        ("clusters:\n  - lkc-1", "c.yaml:2:5: clusters[0]: expected a mapping, got text"),
        ("database: [a]", "c.yaml:1:11: database: expected text, got a list"),
        ("database:", "c.yaml:1:10: database: expected text, got nothing"),
        ("database: ''", "c.yaml:1:11: database: must not be empty"),
        ("database: \"a\\nb\"", "c.yaml:1:11: database: holds a control character, got `a\\nb`"),
        ("management: yes", "c.yaml:1:13: management: expected true or false, got `yes`; did you mean true?"),
        ("database: !custom x", "c.yaml:1:11: database: has the tag `!custom`, which is not supported"),
        // Durations, sizes, numbers.
        (
            "poll: { interval: 60 }",
            "c.yaml:1:19: poll.interval: expected a duration such as 500ms, 30s or 1h30m, got `60`; did you mean 60s?"
        ),
        ("poll: { interval: 99ms }", "c.yaml:1:19: poll.interval: must be at least 100ms, got `99ms`"),
        ("poll: { interval: 366d }", "c.yaml:1:19: poll.interval: must be at most 365d, got `366d`"),
        ("poll: { concurrency: 0 }", "c.yaml:1:22: poll.concurrency: must be between 1 and 10000, got `0`"),
        ("poll: { concurrency: many }", "c.yaml:1:22: poll.concurrency: expected a whole number, got `many`"),
        (
            "retention: { size: 20gb }",
            "c.yaml:1:20: retention.size: expected a size such as 512MiB, 20GiB or 1GB, got `20gb`; did you mean 20GB?"
        ),
        ("retention: { size: 20 }", "c.yaml:1:20: retention.size: must be at least 1MiB, got `20`"),
        ("retention: { age: 5m }", "c.yaml:1:19: retention.age: must be at least 1h, got `5m`"),
        // Contradictions of times.
        (
            "poll: { interval: 60s, stale_after: 30s }",
            "c.yaml:1:37: poll.stale_after: stale_after 30s is shorter than interval 1m: "
                + "every link would be unknown between two polls"
        ),
        (
            "poll: { interval: 5s, timeout: 10s }",
            "c.yaml:1:32: poll.timeout: timeout 10s is longer than interval 5s"
        ),
        (
            "poll: { stale_after: 3m }\nclusters:\n- { id: a, endpoint: 'http://h', poll: { interval: 5m } }",
            "c.yaml:3:52: clusters[0].poll.interval: stale_after 3m is shorter than interval 5m: "
                + "every link would be unknown between two polls"
        ),
        // HTTP.
        (
            "http: { cors_origins: ['*'] }",
            "c.yaml:1:24: http.cors_origins[0]: opens the answers to every page; name each origin"
        ),
        (
            "http: { allowed_hosts: ['https://h'] }",
            "c.yaml:1:25: http.allowed_hosts[0]: expected a host's name or address, without scheme and port, "
                + "got `https://h`"
        ),
        (
            "http: { socket_mode: 0999 }",
            "c.yaml:1:22: http.socket_mode: expected three octal digits such as 0660, got `0999`"
        ),
    ])
    func `a wrong value is refused`(yaml: String, expected: String) {
        #expect(problems(in: yaml).joined(separator: "\n") == expected)
    }

    @Test(arguments: [
        ("clusters:\n\t- a", "c.yaml:2:1: is not valid YAML: found character that cannot start any token"),
        ("a: [1, 2", "c.yaml:1:9: is not valid YAML: did not find expected ',' or ']'"),
        ("a: b: c", "c.yaml:1:5: is not valid YAML: mapping values are not allowed in this context"),
        ("a: @b", "c.yaml:1:4: is not valid YAML: found character that cannot start any token"),
        ("listen: [::1]:8080", "c.yaml:1:10: is not valid YAML: did not find expected node content"),
        ("a: 1\n---\nb: 2", "c.yaml:2:1: another document begins here; a configuration is one document"),
        ("a: \u{1}", "c.yaml:1:4: the character U+1 is not allowed here"),
        ("a: \u{F0041}", "c.yaml:1:4: the character U+F0041 is not allowed here"),
    ])
    func `what is no YAML is refused with its place`(yaml: String, expected: String) throws {
        let problem = try #require(problems(in: yaml).first)
        #expect(problem.hasPrefix(expected))
    }

    @Test func `bytes that are no UTF-8 are refused where they begin`() throws {
        try withFolder { folder in
            let path = folder + "c.yaml"
            try Data([0x61, 0x3A, 0x20, 0x31, 0x0A, 0x62, 0x3A, 0x20, 0xC3, 0x28]).write(to: URL(filePath: path))
            let errors = try #require(throws: ConfigurationErrors.self) {
                try Configuration.load(path: path, environment: [:])
            }
            #expect(errors.description == "\(path):2:4: is not valid UTF-8 from here on")
            #expect(errors.reason == .unreadable)
        }
    }

    @Test func `all problems of a file are told at once in its order`() {
        let yaml = """
            listen: nowhere
            poll:
              interval: soon
              retries: 3
            clusters:
              - id: lkc-1
                endpoint: ftp://h
                auth: { basic: { username: a:b } }
              - name: two
                endpoint: https://h
            managment: true
            """
        let expected = [
            "c.yaml:1:9: listen: needs a port, as in 127.0.0.1:8080, got `nowhere`",
            "c.yaml:3:13: poll.interval: expected a duration such as 500ms, 30s or 1h30m, got `soon`",
            "c.yaml:4:3: poll.retries: unknown key",
            "c.yaml:7:15: clusters[0].endpoint: has a scheme that is not http, https, got `ftp://h`",
            "c.yaml:8:20: clusters[0].auth.basic.password: is required, as password or password_file",
            "c.yaml:8:32: clusters[0].auth.basic.username: must not hold a colon",
            "c.yaml:9:5: clusters[1].id: is required",
            "c.yaml:11:1: managment: unknown key; did you mean management?",
        ]
        #expect(problems(in: yaml) == expected)
    }

    @Test func `several duplicate keys are all told`() {
        let yaml = "database: a\ndatabase: b\ndatabase: c\npoll: { tasks: true, 'tasks': false }\nnope: { x: 1, x: 2 }"
        #expect(
            problems(in: yaml) == [
                "c.yaml:2:1: database: duplicate key, first given in line 1",
                "c.yaml:3:1: database: duplicate key, first given in line 1",
                "c.yaml:4:22: poll.tasks: duplicate key, first given in line 4",
                "c.yaml:5:1: nope: unknown key",
                "c.yaml:5:15: nope.x: duplicate key, first given in line 5",
            ]
        )
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "---\n...\n", "{}", "clusters:\n", "clusters: []", "\u{FEFF}poll:\n"])
    func `a file that says nothing is accepted with a warning`(yaml: String) throws {
        let configuration = try configuration(yaml)
        #expect(configuration.clusters.isEmpty)
        #expect(configuration.warnings.map(\.sentence) == ["no cluster is configured, so nothing is polled"])
    }
}
