import Foundation
import Testing

@testable import LinkWatch

struct YAMLComposerTests {
    @Test func `aliases and merges work`() throws {
        let yaml = """
            clusters:
              - &first
                id: a
                endpoint: &e https://h
                labels: &l { env: prod }
                poll: &p { interval: 30s, timeout: 5s }
              - id: b
                endpoint: *e
                labels: *l
                poll: { <<: *p, timeout: 7s }
              - { <<: [*first], id: c, labels: { <<: [ { env: dev, team: x }, *l ], tier: one } }
            """
        let configuration = try configuration(yaml)
        #expect(configuration.clusters.map(\.id) == ["a", "b", "c"])
        #expect(configuration.clusters.map(\.endpoint.host) == ["h", "h", "h"])
        #expect(configuration.clusters.map(\.poll.timeout) == [.seconds(5), .seconds(7), .seconds(5)])
        #expect(configuration.clusters.map(\.poll.interval) == [.seconds(30), .seconds(30), .seconds(30)])
        #expect(
            configuration.clusters.map(\.labels) == [
                ["env": "prod"], ["env": "prod"], ["env": "dev", "team": "x", "tier": "one"],
            ]
        )
    }

    @Test(arguments: [
        (
            "database: *nowhere",
            "c.yaml:1:11: database: there is no anchor &nowhere before this alias; quote a text that begins with *"
        ),
        (
            "http: { cors_origins: [*] }",
            "c.yaml:1:24: http.cors_origins[0]: there is no anchor & before this alias; quote a text that begins with *"
        ),
        ("poll: { <<: text }", "c.yaml:1:13: poll.<<: expected a mapping to merge, got text"),
        ("database: &a x\n*a : y", "c.yaml:2:1: a key must be a plain word"),
        (
            "retention: &r { age: 1s }\npoll: { interval: *r }",
            "c.yaml:1:22: retention.age: must be at least 1h, got `1s`\n"
                + "c.yaml:2:19: poll.interval: expected text, got a mapping"
        ),
        (
            "poll: &p { tasks: *p }",
            "c.yaml:1:19: poll.tasks: there is no anchor &p before this alias; "
                + "quote a text that begins with *"
        ),
    ])
    func `an alias that cannot stand there is refused at its own place`(yaml: String, expected: String) {
        #expect(problems(in: yaml).joined(separator: "\n") == expected)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a billion laughs cost nothing`() {
        var yaml = "listen: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...30 {
            yaml +=
                "x\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        // As keys they would be hashed by the parser, each time through and through.
        yaml += "? *a30 : x\n? [*a30, *a30]\n: y\n"
        let found = problems(in: yaml)
        #expect(found.contains("c.yaml:6:45: x5[7]: aliases expand to more than 1000000 values here"))
        #expect(found.count < 100)
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
    func `deep nesting is refused, not recursed into`(open: String, close: String) {
        let deep = String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
        #expect(problems(in: deep).count == 1)
    }

    @Test func `nesting that the parser bears is refused where it is too deep`() {
        let yaml = "x: " + String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        let found = problems(in: yaml)
        #expect(found.first == "c.yaml:1:1: x: unknown key")
        #expect(found.dropFirst().map { $0.hasPrefix("c.yaml:1:36: x[0][0]") } == [true])
        #expect(found.last?.hasSuffix("[0]: is nested deeper than 32 levels") == true)
    }

    @Test func `an enormous file is refused without being parsed`() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: SourceText.maximumBytes + 1)
        #expect(throws: SourceText.Refusal(position: .start, sentence: "is larger than 16MiB")) {
            try SourceText(bytes)
        }
        let errors = #expect(throws: ConfigurationErrors.self) {
            try Configuration.load(path: "/dev/zero", environment: [:])
        }
        #expect(errors?.description == "/dev/zero:1:1: cannot read the configuration: it is larger than 16MiB")
    }

    @Test func `marks survive what is masked`() throws {
        var source = try SourceText(Array("a: ${A:-{x}} *b\nc: é*d # ${E}\n".utf8))
        let before = source
        YAMLMask.apply(to: &source)
        #expect(source.scalars.count == before.scalars.count)
        #expect(YAMLMask.remove(from: source.string) == before.string)
    }
}
