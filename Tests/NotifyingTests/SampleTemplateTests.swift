import ExactJSON
import Foundation
import Testing

@testable import Notifying

/// The templates in `config/templates`.
struct SampleTemplateTests {
    private func render(_ name: String, type: String, escaping: TextEscaping = .none) throws -> JSONValue {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = try Data(contentsOf: root.appending(path: "config/templates/\(name)"))
        let template = try BodyTemplate(JSONValue(parsing: Array(file)), escaping: escaping)
        let notification: JSONValue = [
            "notification_id": "n1", "type": .string(type), "incident": ["id": "i1"],
            "alerts": [
                [
                    "kind": "link_error", "severity": "critical", "cluster_id": "lkc-1", "link_name": "a",
                    "link_error": "AUTHENTICATION_ERROR", "message": "<!here> failed",
                    "started_at": "2026-01-01T00:00:00.000Z",
                    "labels": ["kafka_cluster_name": "orders-eu"],
                ],
                [
                    "kind": "cluster_unreachable", "severity": "critical", "cluster_id": "lkc-2", "link_name": .null,
                    "link_error": .null, "message": .null, "labels": ["kafka_cluster_name": "orders-us"],
                ],
            ],
        ]
        return try JSONValue(parsing: template.render(notification, secret: "R0UTING"))
    }

    @Test(arguments: [
        ("firing", ":red_circle: Firing"), ("reminder", ":red_circle: Still firing"),
        ("resolved", ":large_green_circle: Resolved"),
    ])
    func `Slack is told each alert in a line`(type: String, title: String) throws {
        let body = try render("slack.json", type: type, escaping: .slack)
        let lines = [
            title, "• *critical* link_error on orders-eu a: AUTHENTICATION_ERROR &lt;!here&gt; failed",
            "• *critical* cluster_unreachable on orders-us : no code ",
        ]
        #expect(body == ["text": .string(lines.joined(separator: "\n"))])
    }

    @Test(arguments: [("firing", "trigger"), ("reminder", "trigger"), ("resolved", "resolve")])
    func `PagerDuty is told one event of an incident`(type: String, action: String) throws {
        let event = try #require(render("pagerduty.json", type: type).object)
        #expect(event["routing_key"] == "R0UTING")
        #expect(event["event_action"] == .string(action))
        #expect(event["dedup_key"] == "i1")
        let payload = try #require(event["payload"]?.object)
        #expect(payload["summary"] == "link_error on orders-eu a: AUTHENTICATION_ERROR <!here> failed")
        #expect(payload["severity"] == "critical")
        #expect(payload["source"] == "lkc-1")
        #expect(payload["custom_details"]?.object?["alerts"] == 2)
    }
}
