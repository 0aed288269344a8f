import Alerting
import ClusterLinks
import ExactJSON
import Testing

struct SilenceTests {
    private static let now = AlertSample.at(0)

    private static func silence(
        _ matchers: [Matcher],
        from start: Int? = nil,
        to end: Int? = 3600,
        by author: String = "ada",
        comment: String = "maintenance"
    ) throws(SuppressionFault) -> Silence {
        try Silence(
            id: "s1",
            matchers: matchers,
            startsAt: start.map(AlertSample.at),
            endsAt: end.map(AlertSample.at),
            createdBy: author,
            comment: comment,
            now: now
        )
    }

    /// Label env is "prod", absent is absent.
    @Test(
        arguments: [
            ("env", "prod", false, true, true), ("env", "pro", false, true, false), ("env", "", false, true, false),
            ("env", "pro.*", true, true, true), ("env", "ro", true, true, false), ("env", "prod|dev", true, true, true),
            ("env", "prod", false, false, false), ("env", "dev", false, false, true),
            ("env", "pro.", true, false, false),
            ("env", "dev.*", true, false, true), ("env", "Prod", false, true, false),
            ("absent", "", false, true, true), ("absent", "x", false, true, false), ("absent", "", false, false, false),
            ("absent", "x", false, false, true), ("absent", ".*", true, true, true),
            ("absent", ".+", true, true, false),
            ("absent", ".+", true, false, true),
        ] as [(String, String, Bool, Bool, Bool)]
    )
    func `a matcher means what it means to Alertmanager`(
        name: String,
        value: String,
        isRegex: Bool,
        isEqual: Bool,
        matches: Bool
    ) throws {
        let matcher = try Matcher(name: name, value: value, isRegex: isRegex, isEqual: isEqual)
        #expect(matcher.matches(LabelSet(["env": "prod"])) == matches)
    }

    @Test func `all matchers must match`() throws {
        let silence = try Self.silence([
            Matcher(name: "env", value: "prod", isRegex: false),
            Matcher(name: "link_name", value: "orders.*", isRegex: true),
        ])
        #expect(silence.mutes(LabelSet(["env": "prod", "link_name": "orders-dr"])))
        #expect(!silence.mutes(LabelSet(["env": "prod", "link_name": "payments"])))
        #expect(!silence.mutes(LabelSet(["link_name": "orders-dr"])))
    }

    @Test(arguments: [(99, Silence.State.pending), (100, .active), (199, .active), (200, .expired)])
    func `a moment lies before, in or after its span`(second: Int, state: Silence.State) throws {
        let silence = try Self.silence([Matcher(name: "env", value: "prod", isRegex: false)], from: 100, to: 200)
        #expect(silence.state(at: AlertSample.at(second)) == state)
    }

    @Test func `it is active from its start until its end`() throws {
        let silence = try Self.silence([Matcher(name: "env", value: "prod", isRegex: false)], from: 100, to: 200)
        #expect(!silence.isActive(at: AlertSample.at(99)))
        #expect(silence.isActive(at: AlertSample.at(100)))
        #expect(silence.isActive(at: AlertSample.at(199)))
        #expect(!silence.isActive(at: AlertSample.at(200)))
    }

    @Test func `a start that is past is now`() throws {
        let silence = try Self.silence([Matcher(name: "env", value: "prod", isRegex: false)], from: -100)
        #expect(silence.startsAt == Self.now)
    }

    @Test func `a silence that is deleted ends and stays`() throws {
        let matchers = [try Matcher(name: "env", value: "prod", isRegex: false)]
        let active = try Self.silence(matchers).ended(at: AlertSample.at(10))
        #expect(active.endsAt == AlertSample.at(10) && !active.isActive(at: AlertSample.at(10)))
        let pending = try Self.silence(matchers, from: 100).ended(at: AlertSample.at(10))
        #expect(!pending.isActive(at: AlertSample.at(100)) && pending.startsAt == AlertSample.at(10))
        #expect(active.ended(at: AlertSample.at(50)).endsAt == AlertSample.at(10))
    }

    @Test(
        arguments: [
            [("env", "", false, true)], [("env", ".*", true, true)],
            [("env", "", false, true), ("team", "a*", true, true)],
            [("env", "prod|", true, true)],
        ] as [[(String, String, Bool, Bool)]]
    )
    func `a silence of everything is refused`(matchers: [(String, String, Bool, Bool)]) throws {
        let matchers = try matchers.map { try Matcher(name: $0.0, value: $0.1, isRegex: $0.2, isEqual: $0.3) }
        #expect(throws: SuppressionFault.matchesEverything) { try Self.silence(matchers) }
    }

    /// Alertmanager counts only conditions of what must be.
    @Test(arguments: [("env", "prod", false), ("env", "prod", true), ("env", "", false), ("env", ".*", true)])
    func `a silence by what must not be is taken`(name: String, value: String, isRegex: Bool) throws {
        let matcher = try Matcher(name: name, value: value, isRegex: isRegex, isEqual: false)
        #expect(throws: Never.self) { try Self.silence([matcher]) }
    }

    @Test func `what makes no silence is refused, and says why`() throws {
        let matchers = [try Matcher(name: "env", value: "prod", isRegex: false)]
        #expect(throws: SuppressionFault.noEnd) { try Self.silence(matchers, to: nil) }
        #expect(throws: SuppressionFault.endsInThePast(endsAt: AlertSample.at(-1), now: Self.now)) {
            try Self.silence(matchers, to: -1)
        }
        #expect(throws: SuppressionFault.endsInThePast(endsAt: Self.now, now: Self.now)) {
            try Self.silence(matchers, to: 0)
        }
        #expect(throws: SuppressionFault.endsBeforeItStarts(startsAt: AlertSample.at(50), endsAt: AlertSample.at(50))) {
            try Self.silence(matchers, from: 50, to: 50)
        }
        #expect(throws: SuppressionFault.noMatcher) { try Self.silence([]) }
        #expect(throws: SuppressionFault.noAuthor) { try Self.silence(matchers, by: " \n") }
        #expect(throws: SuppressionFault.noComment) { try Self.silence(matchers, comment: "") }
        #expect(throws: SuppressionFault.tooLong(field: "comment", bytes: 5000, limit: 4096)) {
            try Self.silence(matchers, comment: String(repeating: "x", count: 5000))
        }
        #expect(throws: SuppressionFault.tooManyMatchers(65)) {
            try Self.silence(Array(repeating: matchers[0], count: 65))
        }
    }

    @Test(arguments: ["", "1env", "my-label", "läbel", "a b"])
    func `what is no name of a label is refused`(name: String) {
        #expect(throws: SuppressionFault.badLabelName(name)) { try Matcher(name: name, value: "x", isRegex: false) }
    }

    @Test func `a bad expression names its label`() throws {
        let fault = try #require(throws: SuppressionFault.self) { try Matcher(name: "env", value: "(", isRegex: true) }
        guard case .badPattern = fault else {
            Issue.record("another fault: \(fault)")
            return
        }
        #expect("\(fault)".hasPrefix("matcher of env: "))
        #expect(throws: Never.self) { try Matcher(name: "env", value: "(", isRegex: false) }
    }

    @Test func `a body becomes a silence, and a silence a body`() throws {
        let body: JSONObject = [
            "matchers": [
                ["name": "env", "value": "prod"],
                ["name": "kind", "value": "link_.*", "isRegex": true, "isEqual": false],
            ],
            "starts_at": .string(AlertSample.at(10).description), "ends_at": .string(AlertSample.at(20).description),
            "created_by": "ada", "comment": "move",
        ]
        let silence = try Silence(body: body, id: "s1", now: Self.now)
        let expected: JSONObject = [
            "id": "s1",
            "matchers": [
                ["name": "env", "value": "prod", "isRegex": false, "isEqual": true],
                ["name": "kind", "value": "link_.*", "isRegex": true, "isEqual": false],
            ],
            "starts_at": .string(AlertSample.at(10).description), "ends_at": .string(AlertSample.at(20).description),
            "created_by": "ada", "comment": "move",
        ]
        #expect(silence.json == expected)
    }

    @Test(
        arguments: [
            ("matchers", JSONValue.string("env=prod"), "matchers"), ("matchers", [1], "matchers[0]"),
            ("matchers", [["name": "a"]], "matchers[0].value"), ("matchers", [["value": "a"]], "matchers[0].name"),
            ("matchers", [["name": "a", "value": "b", "isRegex": "yes"]], "matchers[0].isRegex"),
            ("ends_at", "tomorrow", "ends_at"), ("ends_at", 17, "ends_at"),
            ("starts_at", "2026-13-01T00:00:00Z", "starts_at"),
        ] as [(String, JSONValue, String)]
    )
    func `a body of other types is refused by field`(name: String, value: JSONValue, field: String) throws {
        var body: JSONObject = [
            "matchers": [["name": "env", "value": "prod"]], "ends_at": .string(AlertSample.at(20).description),
            "created_by": "ada", "comment": "move",
        ]
        body[name] = value
        let fault = try #require(throws: SuppressionFault.self) { try Silence(body: body, id: "s1", now: Self.now) }
        guard case .unreadable(let told, _) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(told == field)
    }
}
