import Alerting
import Testing

struct MatcherTextTests {
    struct Case: Sendable {
        let text: String
        let name: String
        let value: String
        var isRegex = false
        var isEqual = true
    }

    @Test(arguments: [
        Case(text: #"severity="critical""#, name: "severity", value: "critical"),
        Case(text: "severity=critical", name: "severity", value: "critical"),
        Case(text: #"  kind != "task_error" "#, name: "kind", value: "task_error", isEqual: false),
        Case(text: #"link_name=~"orders.*""#, name: "link_name", value: "orders.*", isRegex: true),
        Case(text: "link_name!~orders|x", name: "link_name", value: "orders|x", isRegex: true, isEqual: false),
        Case(text: #"a="""#, name: "a", value: ""),
        Case(text: "a=", name: "a", value: ""),
        Case(text: #"a="x=\"y\", z\\\n\d""#, name: "a", value: "x=\"y\", z\\\n\\d"),
        Case(text: #"a=b\""#, name: "a", value: #"b""#),
        Case(text: #"a=b\"#, name: "a", value: #"b\"#),
        Case(text: "a==b", name: "a", value: "=b"),
        Case(text: "a=漢 字", name: "a", value: "漢 字"),
    ])
    func `a matcher is read as Alertmanager's tools write it`(_ sample: Case) throws {
        let matcher = try Matcher(parsing: sample.text)
        let expected = try Matcher(
            name: sample.name,
            value: sample.value,
            isRegex: sample.isRegex,
            isEqual: sample.isEqual
        )
        #expect(matcher == expected)
    }

    @Test(arguments: [
        "", "x", "=", "=x", #"a="b"#, #"a=b""#, #"a="b"c"#, #"a="b\"#, "a~b", "a!b", "1a=b", "a b=c", "a-b=c",
        "{a=b}", "a=~(", "\u{0}=x",
    ])
    func `what is none is refused`(text: String) {
        #expect(throws: SuppressionFault.self) { try Matcher(parsing: text) }
    }
}
