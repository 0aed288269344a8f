package import ClusterLinks
package import ExactJSON

extension IncidentNotification {
    /// The body of a webhook's request.
    ///
    /// - Parameter sentAt: stands last and is all that differs between two tries.
    package func body(sentAt: Instant) -> JSONObject {
        var body: JSONObject = [
            "notification_id": .string(id),
            "type": .string(kind.rawValue),
            "incident": .object(incident.summary),
            "alerts": .array(alerts.prefix(Self.mostAlerts).map { .object($0.alert.json(in: $0.surroundings)) }),
        ]
        if alerts.count > Self.mostAlerts { body["alerts_left_out"] = .int(alerts.count - Self.mostAlerts) }
        body["sent_at"] = .string(sentAt.description)
        return body
    }

    /// Some receivers refuse bodies over a megabyte, and nobody reads more alerts of one cause than this.
    package static let mostAlerts = 200
}
