package import ClusterLinks

/// A configuration of alerts that is to be tried on the past.
package struct BacktestProposal: Sendable {
    package struct Cluster: Sendable {
        package let rules: AlertRules
        /// From one poll to the next.
        package let interval: Duration
        /// From one reading of a link's tasks to the next.
        package let tasksInterval: Duration

        package init(rules: AlertRules, interval: Duration = .seconds(60), tasksInterval: Duration = .seconds(300)) {
            self.rules = rules
            self.interval = interval
            self.tasksInterval = tasksInterval
        }
    }

    package var clusters: [ClusterID: Cluster]
    package var notifications: NotificationPolicy
    /// In the order of the configuration.
    package var targets: [NotificationTarget]

    package init(
        clusters: [ClusterID: Cluster],
        notifications: NotificationPolicy = NotificationPolicy(),
        targets: [NotificationTarget] = []
    ) {
        self.clusters = clusters
        self.notifications = notifications
        self.targets = targets
    }

    /// How long before a window the past has to be replayed for what is told within it to be right.
    ///
    /// Twice the flapping window: in the first half crossings gather, by the end of the second what flaps is marked. And
    /// as long as an alert takes to fire and to resolve, so that one of them that is halfway is known to be.
    package var warmUp: Duration {
        clusters.values.map { cluster in
            let policy = cluster.rules.policy
            let interval = cluster.rules.readsTasks ? max(cluster.interval, cluster.tasksInterval) : cluster.interval
            return policy.flapping.window * 2 + policy.holdFor
                + interval * (max(policy.failureThreshold, 1) + max(policy.resolveThreshold, 1))
        }.max() ?? .zero
    }

    /// Within how long after its recovery an alert that fires again flaps.
    package var flappingWindow: Duration {
        clusters.values.map(\.rules.policy.flapping.window).max() ?? AlertPolicy.Flapping().window
    }
}
