import ExactJSON

/// One line of `alerts.severities`: everything that it names must match, and what it leaves out matches anything.
package struct SeverityRule: Sendable, Hashable {
    package var kind: AlertKind?
    package var code: String?
    /// Compared with the alert's labels but for the severity: the cluster's own and `AlertSubject.labels`.
    package var labels: [String: String]
    package var severity: AlertSeverity

    package init(
        kind: AlertKind? = nil,
        code: String? = nil,
        labels: [String: String] = [:],
        severity: AlertSeverity
    ) {
        self.kind = kind
        self.code = code
        self.labels = labels
        self.severity = severity
    }

    /// Codes and labels match byte by byte, as a server means them (truth rule 7).
    package func matches(kind: AlertKind, code: String?, labels: [String: String]) -> Bool {
        if let wanted = self.kind, wanted != kind { return false }
        if let wanted = self.code, code?.hasBytes(of: wanted) != true { return false }
        return self.labels.allSatisfy { name, value in labels[name]?.hasBytes(of: value) == true }
    }
}
