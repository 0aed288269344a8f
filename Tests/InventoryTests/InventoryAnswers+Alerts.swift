import Alerting
import ClusterLinks
import ExactJSON
import Inventory

extension InventoryAnswers {
    /// Alerts without what is said about them, which is no part of what is kept.
    func alerts() async throws -> [JSONValue] {
        var alerts: [JSONValue] = []
        for row in try await inventory.history.alerts(limit: 10_000) {
            let alert = row.alert
            let events = try await inventory.history.alert(alert.id)?.events ?? []
            alerts.append([
                "id": .string(alert.id),
                "fingerprint": .string(alert.fingerprint),
                "kind": .string(alert.subject.kind.rawValue),
                "cluster_id": .string(alert.subject.cluster.rawValue),
                "identity": alert.subject.link.map(JSONValue.identity) ?? .null,
                "link_name": .optional(alert.subject.linkName?.rawValue),
                "severity": .string(alert.severity.rawValue),
                "state": .string(alert.state.rawValue),
                "started_at": .instant(alert.startedAt),
                "fired_at": .instant(alert.firedAt),
                "resolved_at": .instant(alert.resolvedAt),
                "resolved_reason": .optional(alert.resolvedReason?.rawValue),
                "code": .optional(alert.code),
                "message": .optional(alert.message),
                "observations": .int(alert.observations),
                "last_observed_at": .instant(alert.lastObservedAt),
                "flapping": .bool(alert.isFlapping),
                "incident": .optional(row.incident),
                "events": .array(events.map { .string("\($0.at) \($0.kind) \($0.code ?? "") \($0.message ?? "")") }),
            ])
        }
        return alerts
    }

    func incidents() async throws -> [JSONValue] {
        try await inventory.history.incidents(limit: 10_000).map { incident in
            [
                "id": .string(incident.id),
                "opened_at": .instant(incident.openedAt),
                "closed_at": .instant(incident.closedAt),
                "severity": .string(incident.severity.rawValue),
                "alerts": .array(incident.children.map { .string($0.alert.id) }),
            ]
        }
    }
}
