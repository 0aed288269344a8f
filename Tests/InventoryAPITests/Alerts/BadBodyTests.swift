import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Testing

/// What people may send that is not what they meant: each is refused with a type of its own and one clear sentence, and
/// nothing of it is kept.
struct BadBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        let problem: String
        var member: String?

        init(_ description: String, _ body: String, _ problem: String, member: String? = nil) {
            testDescription = description
            self.body = body
            self.problem = problem
            self.member = member
        }
    }

    private static let none = [
        Case("nothing", "", "bad-body"), Case("half a document", "{", "bad-body"), Case("no object", "[]", "bad-body"),
        Case("null", "null", "bad-body"), Case("two documents", "{}{}", "bad-body"),
        Case("no UTF-8 escape", #"{"comment":"\x"}"#, "bad-body"),
        Case("form fields", "by=ada&comment=x", "bad-body"),
    ]

    static let acknowledgements: [Case] =
        none + [
            Case("nobody", #"{"comment":"x"}"#, "no-author"),
            Case("null", #"{"by":null,"comment":"x"}"#, "no-author"),
            Case("blank", #"{"by":" \t","comment":"x"}"#, "no-author"),
            Case("no comment", #"{"by":"ada"}"#, "no-comment"),
            Case("blank comment", #"{"by":"ada","comment":"\n"}"#, "no-comment"),
            Case("too long", #"{"by":"ada","comment":"\#(String(repeating: "x", count: 4097))"}"#, "too-long"),
            Case("a number", #"{"by":7,"comment":"x"}"#, "bad-body", member: "by"),
            Case("a list", #"{"by":"ada","comment":["x"]}"#, "bad-body", member: "comment"),
            Case("no text", #"{"by":"ada","comment":null}"#, "bad-body", member: "comment"),
            Case("misspelt", #"{"by":"ada","coment":"x"}"#, "bad-body", member: "coment"),
            Case("another's word", #"{"created_by":"ada","comment":"x"}"#, "bad-body", member: "created_by"),
            Case("an instant", #"{"by":"ada","comment":"x","at":"2027-01-15T08:00:00Z"}"#, "bad-body", member: "at"),
        ]

    private static func silence(_ matchers: String, _ rest: String = #""ends_at":"2027-01-15T09:00:00Z""#) -> String {
        #"{"matchers":\#(matchers),"created_by":"ada","comment":"x",\#(rest)}"#
    }

    private static let env = #"{"name":"env","value":"prod"}"#

    static let silences: [Case] =
        none + [
            Case("no end", silence("[\(env)]", #""starts_at":"2027-01-15T08:30:00Z""#), "no-end"),
            Case("null as the end", silence("[\(env)]", #""ends_at":null"#), "bad-body", member: "ends_at"),
            Case("in the past", silence("[\(env)]", #""ends_at":"2027-01-15T07:59:59Z""#), "in-the-past"),
            Case("ends now", silence("[\(env)]", #""ends_at":"2027-01-15T08:02:00Z""#), "in-the-past"),
            Case(
                "ends before it starts",
                silence("[\(env)]", #""starts_at":"2027-01-15T10:00:00Z","ends_at":"2027-01-15T09:00:00Z""#),
                "ends-before-start"
            ),
            Case("no instant", silence("[\(env)]", #""ends_at":"tomorrow""#), "bad-body", member: "ends_at"),
            Case("a number", silence("[\(env)]", #""ends_at":1800000000"#), "bad-body", member: "ends_at"),
            Case("an offset", silence("[\(env)]", #""ends_at":"2027-01-15 25:00:00Z""#), "bad-body", member: "ends_at"),
            Case("no matcher", silence("[]"), "no-matcher"),
            Case("no matchers", #"{"created_by":"a","comment":"x","ends_at":"2027-01-15T09:00:00Z"}"#, "no-matcher"),
            Case("one matcher", silence(env), "bad-body", member: "matchers"),
            Case("a text", silence(#"["env=prod"]"#), "bad-body", member: "matchers[0]"),
            Case("no name", silence(#"[{"value":"prod"}]"#), "bad-body", member: "matchers[0].name"),
            Case("no value", silence(#"[{"name":"env"}]"#), "bad-body", member: "matchers[0].value"),
            Case("a number", silence(#"[{"name":"env","value":1}]"#), "bad-body", member: "matchers[0].value"),
            Case(
                "misspelt",
                silence(#"[{"name":"env","value":".*","isRegexp":true}]"#),
                "bad-body",
                member: "matchers[0].isRegexp"
            ),
            Case(
                "a flag as a text",
                silence(#"[\#(env),{"name":"env","value":".*","isRegex":"true"}]"#),
                "bad-body",
                member: "matchers[1].isRegex"
            ),
            Case("no label", silence(#"[{"name":"link name","value":"x"}]"#), "bad-label-name"),
            Case("no expression", silence(#"[{"name":"env","value":"(","isRegex":true}]"#), "bad-pattern"),
            Case("everything", silence(#"[{"name":"env","value":".*","isRegex":true}]"#), "matches-everything"),
            Case("nothing", silence(#"[{"name":"env","value":""}]"#), "matches-everything"),
            Case(
                "too many",
                silence("[\(Array(repeating: env, count: 65).joined(separator: ","))]"),
                "too-many-matchers"
            ),
            Case("nobody", #"{"matchers":[\#(env)],"comment":"x","ends_at":"2027-01-15T09:00:00Z"}"#, "no-author"),
            Case("no why", #"{"matchers":[\#(env)],"created_by":"x","ends_at":"2027-01-15T09:00:00Z"}"#, "no-comment"),
            Case("an id", silence("[\(env)]", #""id":"x","ends_at":"2027-01-15T09:00:00Z""#), "bad-body", member: "id"),
        ]

    @Test(arguments: acknowledgements)
    func anAcknowledgementIsRefused(_ sample: Case) async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            let path = "/api/v1/alerts/" + (try await fixture.firingID())
            Self.expect(try await fixture.post(path + "/ack", sample.body), sample)
            #expect(try await fixture.get(path).json["acknowledged_by"] == .null)
            #expect(try await fixture.get("/api/v1/audit").items.isEmpty)
        }
    }

    @Test(arguments: silences)
    func aSilenceIsRefused(_ sample: Case) async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            Self.expect(try await fixture.post("/api/v1/silences", sample.body), sample)
            #expect(try await fixture.get("/api/v1/silences?state=active,pending,expired").items.isEmpty)
            #expect(try await fixture.get("/api/v1/audit").items.isEmpty)
        }
    }

    private static func expect(_ answer: Answer, _ sample: Case) {
        #expect(answer.status == 400 && answer.problem == sample.problem, "\(answer.text)")
        #expect(answer.json["member"]?.string == sample.member)
        let detail = answer.json["detail"]?.string ?? ""
        #expect(!detail.isEmpty && !detail.hasSuffix("."))
        #expect(answer.body.count < 1000)
    }

    @Test func anEndlessBodyIsRefusedBeforeItIsRead() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.post("/api/v1/silences", String(repeating: " ", count: 5 << 20))
            #expect(answer.status == 413)
        }
    }

    @Test func theDocumentTellsOfEveryProblem() throws {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "docs/api.md"), encoding: .utf8)
        let types = Set((Self.acknowledgements + Self.silences).map(\.problem)).union([
            "already-resolved", "not-acknowledged", "unknown-alert", "unknown-silence", "unknown-incident",
            "silence-over", "not-stored",
        ])
        for type in types { #expect(text.contains("`/problems/\(type)`"), "\(type)") }
    }
}
