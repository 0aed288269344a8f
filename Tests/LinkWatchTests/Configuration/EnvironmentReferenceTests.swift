import Testing

@testable import LinkWatch

struct EnvironmentReferenceTests {
    private static let environment = ["A": "1", "B_2": "two", "EMPTY": "", "NESTED": "${A}", "YAML": "]}, x: y # z"]

    @Test(arguments: [
        ("plain", "plain"), ("${A}", "1"), ("a${A}b${B_2}c", "a1btwoc"), ("${EMPTY}", ""), ("${EMPTY:-d}", "d"),
        ("${NONE:-d}", "d"), ("${NONE:-}", ""), ("${A:-d}", "1"), ("$$", "$"), ("$${A}", "${A}"), ("$$${A}", "$1"),
        ("$A", "$A"), ("5$", "5$"), ("${NESTED}", "${A}"), ("${NONE:-http://h:1/a, b}", "http://h:1/a, b"),
    ])
    func `references are replaced once`(text: String, expected: String) throws {
        #expect(try EnvironmentReference.expand(text, environment: Self.environment).text == expected)
    }

    @Test(arguments: [
        ("${NONE}", "the environment variable NONE is not set; set it, or write ${NONE:-default}"),
        ("${A", "has a ${ without }; write $$ for a literal $"),
        ("${}", "has a ${…} that names no variable: use letters, digits and _, or $$ for a literal $"),
        ("${1A}", "has a ${…} that names no variable: use letters, digits and _, or $$ for a literal $"),
        ("${A:+x}", "has a ${A…} that is neither ${NAME} nor ${NAME:-default}"),
        ("${NONE:-${A}}", "the default of ${NONE} must not refer to another variable"),
    ])
    func `a reference that leads nowhere is refused with its place`(text: String, sentence: String) {
        #expect(problems(in: "database: '\(text)'") == ["c.yaml:1:11: database: \(sentence)"])
    }

    @Test(arguments: [
        "{ username: ${B_2}, password: ${YAML} }", "{ username: ${NONE:-two}, password: '${YAML}' }",
        "{ username: ${B_2},password: \"${YAML}\" }", "\n        username: ${B_2}\n        password: ${YAML}",
        "\n        username: two\n        password: |\n          ${YAML}\n",
    ])
    func `references work in every style and their values are never YAML`(basic: String) throws {
        let yaml = "clusters:\n  - id: a\n    endpoint: https://h\n    auth:\n      basic: \(basic)"
        let configuration = try configuration(yaml, environment: Self.environment)
        #expect(
            configuration.clusters.first?.authentication
                == .basic(username: "two", password: Secret("]}, x: y # z"))
        )
        #expect(configuration.warnings == [])
    }

    @Test func `a default may hold what is YAML's in flow style`() throws {
        let yaml = "clusters: [ { id: a, endpoint: https://h, expected_links: [${NONE:-a, [b]#c*d}, e*f] } ]"
        #expect(try configuration(yaml).clusters.first?.expectedLinks == ["a, [b]#c*d", "e*f"])
    }

    @Test func `keys are never expanded`() {
        #expect(
            problems(in: "${A}: 1", environment: Self.environment) == ["c.yaml:1:1: ${A}: unknown key"]
        )
        let labels = "clusters: [ { id: a, endpoint: https://h, labels: { '${A}': x } } ]"
        #expect(problems(in: labels, environment: Self.environment).count == 1)
    }
}
