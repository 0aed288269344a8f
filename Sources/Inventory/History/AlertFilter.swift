package import Alerting

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
