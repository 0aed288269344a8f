import ClusterLinks
import ExactJSON
import Inventory

/// How the steps of an alert and what was told of it are written.
enum AlertHistoryJSON {
    static func object(_ event: AlertEventRow) -> JSONObject {
        [
            "at": .string(event.at.description),
            "kind": .string(event.kind),
            "observations": .int(event.observations),
            "severity": .optional(event.severity),
            "code": .optional(event.code),
            "message": .optional(event.message),
        ]
    }

    static func object(_ notification: NotificationRow) -> JSONObject {
        [
            "notification_id": .string(notification.id),
            "receiver": .string(notification.receiver),
            "type": .string(notification.kind),
            "at": .string(notification.at.description),
            "state": .string(state(of: notification)),
            "failed_attempts": .int(notification.attempts),
            "ended_at": .optional(notification.endedAt?.description),
            "failure": .optional(notification.failure),
        ]
    }

    /// The states of a notification.
    static let states = ["waiting", "delivered", "given_up"]

    private static func state(of notification: NotificationRow) -> String {
        notification.endedAt == nil ? states[0] : notification.failure == nil ? states[1] : states[2]
    }
}
