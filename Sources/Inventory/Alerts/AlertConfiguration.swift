package import Alerting
package import ClusterLinks

/// What the configuration says about alerts: of each cluster, and who is told.
package struct AlertConfiguration: Sendable {
    /// Clusters that are not among them have the rules of an empty configuration.
    package var rules: [ClusterID: AlertRules]
    package var notifications: NotificationPolicy
    /// In the order of the configuration.
    package var targets: [NotificationTarget]

    package init(
        rules: [ClusterID: AlertRules] = [:],
        notifications: NotificationPolicy = NotificationPolicy(),
        targets: [NotificationTarget] = []
    ) {
        self.rules = rules
        self.notifications = notifications
        self.targets = targets
    }

    func rules(for description: ClusterDescription) -> AlertRules {
        rules[description.id]
            ?? AlertRules(clusterName: description.name ?? "", clusterLabels: description.labels)
    }
}
