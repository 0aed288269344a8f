import Alerting
import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// The firing alerts in the shapes of Alertmanager's API v2, for tools that read one
/// (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml).
extension InventoryAPI {
    private static let flags = [
        ("active", "false leaves out alerts that nothing silences."),
        ("silenced", "false leaves out silenced alerts."),
        ("inhibited", "Changes nothing: linkwatch inhibits no alerts, it groups them."),
        ("unprocessed", "Changes nothing: every alert is processed when it is shown."),
    ].map { Parameter($0, $1, .choice(["true", "false"])) }
    private static let muted = Parameter(
        "muted",
        "Changes nothing: linkwatch has no times of day at which nobody is told.",
        .choice(["true", "false"])
    )
    private static let filters =
        flags + [
            Parameter(
                "filter",
                #"Only alerts that match, as severity="critical" or link_name=~"orders.*"; all of several must."#,
                .repeated
            ),
            Parameter("receiver", "Only alerts of which a receiver is told whose name this expression matches."),
        ]

    var alertmanagerRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v2/alerts",
                id: "getAlerts",
                summary: "The firing alerts as an Alertmanager tells them",
                parameters: Self.filters,
                answer: .array(of: .gettableAlert),
                handler: .immediate { try firingAlerts($0) }
            ),
            APIRoute(
                "/api/v2/alerts/groups",
                id: "getAlertGroups",
                summary: "The open incidents as the groups of an Alertmanager",
                parameters: Self.filters + [Self.muted],
                answer: .array(of: .alertGroup),
                handler: .immediate { try alertGroups($0) }
            ),
            APIRoute(
                "/api/v2/status",
                id: "getAlertmanagerStatus",
                summary: "What an Alertmanager tells of itself, for clients that ask before they read alerts",
                answer: .item(.alertmanagerStatus),
                handler: .immediate { _ in alertmanagerStatus() }
            ),
        ]
    }

    private func firingAlerts(_ question: Question) throws -> Response {
        let reader = try AlertmanagerReader(question, presentAlerts)
        // In Alertmanager's order.
        let alerts = reader.alerts(of: reader.present.firing).sorted { $0.fingerprint < $1.fingerprint }
        return Self.array(alerts.map(\.json))
    }

    private func alertGroups(_ question: Question) throws -> Response {
        let reader = try AlertmanagerReader(question, presentAlerts)
        let groups = reader.present.board.incidents.flatMap { reader.groups(of: $0) }
        return Self.array(groups)
    }

    /// No version: it would be compared with that of an Alertmanager.
    private func alertmanagerStatus() -> Response {
        let names = inventory.alerts.current.receivers.map(\.name)
        return JSONAnswer.response([
            "cluster": ["status": "disabled", "peers": []],
            "config": ["original": .string(AlertmanagerReader.configuration(receivers: names))],
            "uptime": .string(service.startedAt.description),
        ])
    }

    private static func array(_ items: [JSONObject]) -> Response {
        var bytes: [UInt8] = []
        bytes.appendArray(items) { $0.write(into: &$1) }
        return JSONAnswer.response(bytes)
    }
}
