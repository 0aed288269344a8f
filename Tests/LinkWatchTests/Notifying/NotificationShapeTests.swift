import Alerting
import ClusterLinks
import ExactJSON
import Testing

@testable import Notifying

/// What templates may name against what the alerting model tells.
struct NotificationShapeTests {
    @Test func `templates know every member of a notification, and no other`() {
        let told = paths(of: .object(notification().body(sentAt: instant)))
        #expect(told.union(["secret"]) == paths(of: .notification))
    }

    private let instant = Instant(milliseconds: 1_790_000_000_000)

    /// With everything that a notification can have.
    private func notification() -> IncidentNotification {
        let subject = AlertSubject(
            kind: .linkError,
            cluster: ClusterID("lkc-1"),
            link: ClusterLinkID("l").map { .id($0) },
            linkName: LinkName("orders")
        )
        let mark = Alert.Mark(number: 1, at: instant)
        var alert = Alert(
            of: subject,
            severity: .critical,
            symptom: AlertSymptom(code: "AUTHENTICATION_ERROR", message: "m"),
            at: mark
        )
        alert.firedAt = instant
        let child = Incident.Child(
            alert: alert,
            surroundings: AlertSurroundings(clusterName: "orders-eu"),
            grounds: .first
        )
        let children = [Incident.Child](repeating: child, count: IncidentNotification.mostAlerts + 1)
        let incident = Incident(
            id: "i",
            openedAt: instant,
            closedAt: nil,
            children: children,
            severity: .critical
        )
        return IncidentNotification(
            kind: .firing,
            ordinal: 1,
            receiver: "r",
            incident: incident,
            alerts: children,
            at: instant
        )
    }

    /// The paths of all members, `alerts.0.labels` without what is in them.
    private func paths(of value: JSONValue, under path: String = "") -> Set<String> {
        switch value {
        case .object(let object) where !path.hasSuffix(".labels") && !path.hasSuffix(".annotations"):
            object.members.reduce(into: []) { paths, member in
                paths.formUnion(
                    self.paths(of: member.value, under: path.isEmpty ? member.name : "\(path).\(member.name)")
                )
            }
        case .array(let elements): elements.first.map { paths(of: $0, under: "\(path).0") } ?? [path]
        case .null, .bool, .number, .string, .object: [path]
        }
    }

    private func paths(of shape: TemplateShape, under path: String = "") -> Set<String> {
        switch shape {
        case .value, .open: [path]
        case .list(let element): paths(of: element, under: "\(path).0")
        case .object(let members):
            members.reduce(into: []) { paths, member in
                paths.formUnion(
                    self.paths(of: member.value, under: path.isEmpty ? member.key : "\(path).\(member.key)")
                )
            }
        }
    }
}
