import ExactJSON
import Testing

@testable import Notifying

struct BodyTemplateTests {
    private static let notification = #"""
        {"notification_id":"n1","type":"firing","incident":{"id":"i1","reason":null},"sent_at":"2026-01-01T00:00:00.000Z",
         "alerts":[
           {"link_name":"a","severity":"critical","message":"it \"broke\"\n<!channel> & \\","observations":3},
           {"link_name":"b","severity":"warning","message":null,"observations":1.50}
         ]}
        """#

    private func render(
        _ template: String,
        of notification: String = notification,
        secret: String? = nil,
        escaping: TextEscaping = .none
    ) throws -> String {
        let template = try BodyTemplate(JSONValue(parsing: template), escaping: escaping)
        return String(decoding: template.render(try JSONValue(parsing: notification), secret: secret), as: UTF8.self)
    }

    @Test(arguments: [
        (#"{"a":[1,null,true,"b"]}"#, #"{"a":[1,null,true,"b"]}"#),
        (#"["{{type}}!","{{ incident.id }}"]"#, #"["firing!","i1"]"#),
        (#"["{{alerts.0.message}}"]"#, #"["it \"broke\"\n<!channel> & \\"]"#),
        (#"["{{alerts.1.observations}}","n={{alerts.1.observations}}"]"#, #"[1.50,"n=1.50"]"#),
        (#"["{{incident}}","{{incident}} "]"#, #"[{"id":"i1","reason":null},"{\"id\":\"i1\",\"reason\":null} "]"#),
        (#"["{{incident.reason}}","{{incident.reason}}.","{{alerts.0.labels.none}}"]"#, #"[null,".",null]"#),
        (#"["{{alerts.7.severity}}-{{alerts.count}}","{{alerts.count}}"]"#, #"["-2",2]"#),
        (#""{{type|firing=trigger|resolved=resolve}}""#, #""trigger""#),
        (#""{{type|resolved=resolve|trigger}}""#, #""trigger""#),
        (#""{{type|resolved=resolve}}""#, #""firing""#),
        (#""{{incident.reason|no reason}}""#, #""no reason""#),
        (#""{{incident.id|no id}}""#, #""i1""#),
        (
            #""{{#alerts}}{{link_name}} in {{incident.id}}: {{message:9|silent}}; {{/alerts}}.""#,
            #""a in i1: it \"brok…; b in i1: silent; .""#
        ),
    ])
    func `placeholders become what they name`(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test func `a long array is told in part, and how much is left is said`() throws {
        let alerts = (1...25).map { #"{"link_name":"\#($0)"}"# }.joined(separator: ",")
        let text = try render(#""{{#alerts}}{{link_name}} {{/alerts}}""#, of: #"{"alerts":[\#(alerts)]}"#)
        #expect(text == "\"\((1...20).map { "\($0) " }.joined())… and 5 more\"")
    }

    @Test func `a long text is cut`() throws {
        let long = String(repeating: "é", count: 5000)
        let text = try render(#"["{{type}}","{{type:10}}"]"#, of: #"{"type":"\#(long)"}"#)
        let expected = [999, 9].map { "\"\(String(repeating: "é", count: $0))…\"" }.joined(separator: ",")
        #expect(text == "[\(expected)]")
    }

    @Test func `what a server wrote is no markup for Slack`() throws {
        let text = try render(#""<https://x|{{alerts.0.message}}>""#, escaping: .slack)
        #expect(text == #""<https://x|it \"broke\"\n&lt;!channel&gt; &amp; \\>""#)
        let whole = try render(#"["{{alerts.0.message}}","{{alerts}}"]"#, escaping: .slack)
        #expect(!whole.contains("<!channel>"))
    }

    @Test func `the secret stands where the template says it, whole`() throws {
        let secret = String(repeating: "k&", count: 1000)
        let template = #"{"routing_key":"{{secret}}"}"#
        #expect(try render(template, secret: secret, escaping: .slack) == #"{"routing_key":"\#(secret)"}"#)
        #expect(try BodyTemplate(JSONValue(parsing: template)).saysSecret)
        #expect(try !BodyTemplate(JSONValue(parsing: #""{{type}}""#)).saysSecret)
    }

    @Test func `whatever a value holds, the body is JSON of the template's shape`() throws {
        let template = try BodyTemplate(["text": "<{{type}}>", "whole": "{{type}}"])
        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
            let value = "\(scalar)\"}}{{type}}\\\(scalar)"
            let body = try JSONValue(parsing: template.render(["type": .string(value)], secret: nil))
            #expect(body == ["text": .string("<\(value)>"), "whole": .string(value)])
        }
    }

    private static let names = [
        "alerts", "alerts_left_out", "incident", "notification_id", "secret", "sent_at", "type",
    ]
    private static let incident = [
        "alerts_firing", "alerts_total", "closed_at", "id", "opened_at", "reason", "severity", "state",
    ]
    private static let alert = [
        "annotations", "cluster_id", "cluster_link_id", "code", "fingerprint", "fired_at", "flapping", "id", "kind",
        "labels", "link_error", "link_name", "message", "observations", "remediation", "resolved_at",
        "resolved_reason", "severity", "started_at", "state", "task",
    ]
    private static let remediation = ["first_step", "likely_cause", "link", "meaning"]

    @Test(
        arguments: [
            (#""{{type""#, TemplateError.unclosed("type")),
            (#""{{}}""#, .malformed("")),
            (#""{{type..x}}""#, .malformed("type..x")),
            (#""{{a b}}""#, .malformed("a b")),
            (#""{{type:0}}""#, .malformed("type:0")),
            (#""{{type:x}}""#, .malformed("type:x")),
            (#""{{type|other|firing=x}}""#, .malformed("type|other|firing=x")),
            (#""{{severity}}""#, .unknownName("severity", known: Self.names)),
            (#"[["{{alert.0.id}}"]]"#, .unknownName("alert", known: Self.names)),
            (#""{{alerts.first.id}}""#, .unknownName("alerts.first", known: ["0", "1", "count"])),
            (#""{{alerts.0.remediation.what}}""#, .unknownName("alerts.0.remediation.what", known: Self.remediation)),
            (
                #""{{#alerts}}{{remediation.what}}{{/alerts}}""#,
                .unknownName("remediation.what", known: Self.remediation)
            ),
            (#""{{#alerts}}{{incident.x}}{{/alerts}}""#, .unknownName("incident.x", known: Self.incident)),
            (#""{{#alerts}}{{labels.x}}{{what}}{{/alerts}}""#, .unknownName("what", known: Self.alert)),
            (#""{{type.name}}""#, .unknownName("type.name", known: [])),
            (#""{{#links}}{{/links}}""#, .unknownName("links", known: Self.names)),
            (#""{{#incident}}{{/incident}}""#, .noList("incident")),
            (#""{{#alerts}}""#, .unpairedLoop("alerts")),
            (#""{{/alerts}}""#, .unpairedLoop("alerts")),
            (#""{{#alerts}}{{#alerts}}{{/alerts}}{{/alerts}}""#, .nestedLoop("alerts")),
            (#"{"{{type}}":1}"#, .placeholderInName("{{type}}")),
        ] as [(String, TemplateError)]
    )
    func `a template that is none is refused with what is wrong`(template: String, error: TemplateError) throws {
        let document = try JSONValue(parsing: template)
        #expect(throws: error) { try BodyTemplate(document) }
    }

    @Test func `a file that was read twice is one template, which shows nothing of itself`() throws {
        let text = #"{"key":"hunter2","text":"{{type}}"}"#
        let template = try BodyTemplate(JSONValue(parsing: text))
        #expect(try template == BodyTemplate(JSONValue(parsing: text)))
        #expect(try template != BodyTemplate(JSONValue(parsing: text), escaping: .slack))
        #expect(try template != BodyTemplate(["text": "{{type}}"]))
        var dumped = ""
        dump(template, to: &dumped)
        #expect(!(dumped + "\(template) \(String(reflecting: template))").contains("hunter2"))
    }
}
