import Foundation
import HTTPServing
import Testing

@testable import LinkWatch

struct ConfigurationLoadTests {
    @Test func `an empty file says the defaults`() throws {
        var configuration = try configuration("")
        configuration.warnings = []
        configuration.checksum = ""
        #expect(configuration == Configuration())
        #expect(configuration.listen.map(\.description) == ["127.0.0.1:8080"])
    }

    @Test func `the checksum is the SHA-256 of the file's bytes`() throws {
        // printf '' | sha256sum; printf 'poll:\n' | sha256sum
        #expect(
            try configuration("").checksum == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        try withFolder { folder in
            try write("# \u{E9}\r\npoll:\n", to: folder + "c.yaml")
            let first = try Configuration.load(path: folder + "c.yaml", environment: [:]).checksum
            #expect(first == (try configuration("# \u{E9}\r\npoll:\n").checksum))
            #expect(first != (try configuration("# \u{E9}\npoll:\n").checksum))
            #expect(first.count == 64)
        }
    }

    @Test func `a file that is not there is a problem of its own`() throws {
        let errors = #expect(throws: ConfigurationErrors.self) {
            try Configuration.load(path: "/nowhere/c.yaml", environment: [:])
        }
        #expect(
            errors?.description == "/nowhere/c.yaml:1:1: cannot read the configuration: no such file or directory"
        )
        #expect(errors?.reason == .unreadable)
    }

    @Test func `the ends of lines do not matter for places`() {
        for end in ["\n", "\r\n", "\r"] {
            let yaml = ["poll:", "  # é 😀", "  interval: x", "'é': 😀"].joined(separator: end)
            #expect(
                problems(in: yaml) == [
                    "c.yaml:3:13: poll.interval: expected a duration such as 500ms, 30s or 1h30m, got `x`",
                    "c.yaml:4:1: é: unknown key",
                ]
            )
        }
    }

    @Test func `ten thousand clusters are read`() throws {
        var yaml = "clusters:\n"
        for number in 1...10_000 {
            yaml += "  - id: lkc-\(number)\n    name: cluster-\(number)\n    endpoint: https://h\(number).example.org\n"
            yaml += "    auth: { basic: { username: key, password: '${P}' } }\n    labels: { env: prod }\n"
        }
        let configuration = try configuration(yaml, environment: ["P": "secret"])
        #expect(configuration.clusters.count == 10_000)
        #expect(configuration.clusters.last?.name == "cluster-10000")
    }

    @Test(arguments: 0..<8)
    func `no mutation of the sample crashes and every finding has a place`(seed: UInt64) throws {
        try withFolder { folder in
            let original = Array(try fullSample(in: folder).unicodeScalars)
            var random = SeededGenerator(state: seed)
            for _ in 0..<40 {
                let scalars = Self.mutated(original, with: &random)
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                let yaml = String(view)
                let lines =
                    yaml.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) } + 1
                do throws(ConfigurationErrors) {
                    _ = try Configuration.read(yaml: yaml, file: "c.yaml", environment: ["CONFLUENT_API_KEY": "k"])
                } catch {
                    #expect(!error.problems.isEmpty)
                    for problem in error.problems {
                        #expect((1...lines).contains(problem.line) && problem.column >= 1, "\(problem)")
                        #expect(!problem.sentence.isEmpty)
                        #expect(!problem.description.contains("\n"), "\(problem)")
                    }
                }
            }
        }
    }

    private static let pieces = [
        "*", "&a ", "*a", "${", "}", "${A}", "$$", ":", "- ", "? ", "[", "]", "{", "}", ",", "\"", "'", "\n", "\t",
        "\r",
        "#", "!", "!!int ", "|", ">", "%", "@", "<<: ", "---\n", "...\n", "\u{0}", "\u{85}", "\u{2028}", "\u{FEFF}",
        "\u{F0041}", "é", "😀", "null", "~", "0", "-1", "99999999999999999999", "unknown: 1\n", "id: a\n", "\\x00",
        "    ",
    ]

    private static func mutated(
        _ original: [Unicode.Scalar],
        with random: inout SeededGenerator
    ) -> [Unicode.Scalar] {
        var scalars = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<max(1, scalars.count), using: &random)
            let end = min(scalars.count, place + Int.random(in: 1...12, using: &random))
            let piece = Array((pieces.randomElement(using: &random) ?? "").unicodeScalars)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: scalars.insert(contentsOf: piece, at: place)
            case 1: scalars.removeSubrange(place..<end)
            case 2: scalars.replaceSubrange(place..<end, with: piece)
            case 3: scalars.insert(contentsOf: Array(scalars[place..<end]), at: place)
            default: scalars.removeSubrange(place...)
            }
            if scalars.isEmpty { scalars = ["a"] }
        }
        return scalars
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the same every time.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
