package import ClusterLinks

/// What the configuration says of one cluster's alerts.
package struct AlertRules: Sendable, Hashable {
    package var policy: AlertPolicy
    package var clusterName: String
    /// The labels that the configuration gives the cluster.
    package var clusterLabels: [String: String]
    package var expectedLinks: Set<LinkName>
    /// Whether a listed link that is not expected is a trouble.
    package var isExhaustive: Bool
    /// Whether links' tasks are read at all: an alert about what is never read again could never resolve.
    package var readsTasks: Bool

    package init(
        policy: AlertPolicy = AlertPolicy(),
        clusterName: String = "",
        clusterLabels: [String: String] = [:],
        expectedLinks: Set<LinkName> = [],
        isExhaustive: Bool = false,
        readsTasks: Bool = true
    ) {
        self.policy = policy
        self.clusterName = clusterName
        self.clusterLabels = clusterLabels
        self.expectedLinks = expectedLinks
        self.isExhaustive = isExhaustive
        self.readsTasks = readsTasks
    }

    /// The severity that the configuration gives to a code of a subject now, whatever the alert had before.
    package func severity(of subject: AlertSubject, code: String?) -> AlertSeverity {
        let labels = subject.labels(clusterName: clusterName, clusterLabels: clusterLabels)
        let rule = policy.severities.first { $0.matches(kind: subject.kind, code: code, labels: labels) }
        return rule?.severity ?? subject.kind.defaultSeverity
    }

    /// Whether the configuration still asks for what an alert complains of.
    func stillAsk(for subject: AlertSubject) -> Bool {
        switch subject.kind {
        case .linkMissing: subject.linkName.map(expectedLinks.contains) ?? false
        case .linkUnexpected: isUnexpected(subject.linkName)
        case .taskError: readsTasks
        case .linkError, .linkState, .clusterUnreachable: true
        }
    }

    func isUnexpected(_ name: LinkName?) -> Bool { isExhaustive && name.map(expectedLinks.contains) != true }
}
