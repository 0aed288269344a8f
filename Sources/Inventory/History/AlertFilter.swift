package import Alerting
import ClusterLinks
import ExactJSON

/// Which alerts are asked for; what is nil matches everything.
package struct AlertFilter: Sendable, Hashable {
    package var states: [AlertState]?
    package var kinds: [AlertKind]?
    package var severities: [AlertSeverity]?
    package var clusters: [String]?
    package var links: [String]?
    package var fingerprints: [String]?

    package init() {}
}

extension AlertFilter {
    /// Whether an alert of the present is asked for: as the database finds those of the past.
    package func admits(_ alert: Alert) -> Bool {
        let subject = alert.subject
        return states?.contains(alert.state) ?? true && kinds?.contains(subject.kind) ?? true
            && severities?.contains(alert.severity) ?? true
            && Self.admits(subject.cluster.rawValue, clusters) && Self.admits(subject.linkName?.rawValue, links)
            && Self.admits(alert.fingerprint, fingerprints)
    }

    private static func admits(_ text: String?, _ wanted: [String]?) -> Bool {
        guard let wanted else { return true }
        guard let text else { return false }
        return wanted.contains { $0.hasBytes(of: text) }
    }
}
