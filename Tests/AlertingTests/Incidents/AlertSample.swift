import Alerting
import ClusterLinks

/// Alerts to try things with, of which a test says only what matters to it.
enum AlertSample {
    static let start = Instant(milliseconds: 1_790_000_000_000)

    static func at(_ seconds: Int) -> Instant { start.advanced(by: .seconds(seconds)) }

    static func firing(
        _ id: String,
        _ kind: AlertKind = .linkError,
        on cluster: String = "lkc-1",
        link: String = "orders",
        severity: AlertSeverity = .critical,
        code: String? = "TIMEOUT_ERROR",
        at instant: Instant = start
    ) -> Alert {
        let name = kind == .clusterUnreachable ? nil : LinkName(link)
        let subject = AlertSubject(
            kind: kind,
            cluster: ClusterID(cluster),
            link: name.map { identity(cluster, $0.rawValue) },
            linkName: name
        )
        let mark = Alert.Mark(number: 1, at: instant)
        return Alert(
            id: id,
            fingerprint: "\(kind.rawValue)/\(cluster)/\(link)",
            subject: subject,
            severity: severity,
            state: .firing,
            startedAt: instant,
            firedAt: instant,
            resolvedAt: nil,
            resolvedReason: nil,
            code: code,
            task: nil,
            message: nil,
            firstObservation: 1,
            badSince: mark,
            goodSince: nil,
            observations: 1,
            lastObservedAt: instant,
            isFlapping: false
        )
    }

    static func resolved(_ alert: Alert, at instant: Instant) -> Alert {
        var alert = alert
        alert.state = .resolved
        alert.resolvedAt = instant
        alert.resolvedReason = .recovered
        return alert
    }

    static func raised(_ alert: Alert, to severity: AlertSeverity) -> Alert {
        var alert = alert
        alert.severity = severity
        return alert
    }

    static func identity(_ cluster: String, _ link: String) -> LinkIdentity {
        guard let id = ClusterLinkID("\(cluster).\(link)") else { preconditionFailure("the id of a link is not empty") }
        return .id(id)
    }

    static func link(_ cluster: String, _ link: String) -> AlertSurroundings.Link {
        AlertSurroundings.Link(cluster: ClusterID(cluster), identity: identity(cluster, link))
    }

    static func around(
        remote: String? = nil,
        otherSide: AlertSurroundings.Link? = nil,
        labels: [String: String] = [:]
    ) -> AlertSurroundings {
        AlertSurroundings(
            clusterName: "orders-eu",
            clusterLabels: labels,
            remoteCluster: remote.map { ClusterID($0) },
            otherSide: otherSide
        )
    }
}
