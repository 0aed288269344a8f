import Alerting
import ClusterLinks
import CurlHTTP
import Inventory
import Notifying

/// What the `alerts` of a configuration become: rules to judge by, targets to plan for, receivers to deliver to.
extension Configuration {
    /// What the inventory follows.
    var alerting: AlertConfiguration {
        AlertConfiguration(
            rules: Dictionary(clusters.map { ($0.clusterID, alertRules(of: $0)) }) { $1 },
            notifications: notificationPolicy,
            targets: notificationTargets
        )
    }

    /// What is said of one of the configuration's own clusters.
    func alertRules(of cluster: Cluster) -> AlertRules {
        AlertRules(
            policy: alerts.policy,
            clusterName: cluster.name,
            clusterLabels: cluster.labels,
            expectedLinks: Set(cluster.expectedLinks.compactMap(LinkName.init)),
            isExhaustive: cluster.expectedLinksExhaustive,
            readsTasks: cluster.poll.tasks
        )
    }

    var notificationPolicy: NotificationPolicy {
        NotificationPolicy(reminderInterval: alerts.policy.reminderInterval)
    }

    /// In the order of the file, as are the receivers, whose names they have.
    var notificationTargets: [NotificationTarget] {
        alerts.receivers.map { NotificationTarget(name: $0.name, kind: $0.kind.target) }
    }

    var receivers: [Receiver] { alerts.receivers.map(\.receiver) }
}

extension Configuration.Alerts.Receiver {
    fileprivate var receiver: Receiver {
        Receiver(
            name: name,
            url: url.text,
            kind: kind.integration,
            authentication: access.authentication.ofReceiver,
            options: CurlOptions(access.tls, proxy: access.proxy)
        )
    }
}

extension Configuration.Alerts.Receiver.Kind {
    fileprivate var target: NotificationTarget.Kind {
        switch self {
        case .alertmanager: .alertmanager
        case .webhook: .webhook
        }
    }

    fileprivate var integration: Receiver.Kind {
        switch self {
        case .alertmanager: .alertmanager
        case .webhook(let secret, let template): .webhook(secret: secret?.source, template: template)
        }
    }
}

extension Configuration.Authentication {
    fileprivate var ofReceiver: Receiver.Authentication {
        switch self {
        case .none: .none
        case .basic(let username, let password): .basic(username: username, password: password.source)
        // A receiver's section knows no identity pool.
        case .bearer(let token, _): .bearer(token: token.source)
        }
    }
}

extension Secret {
    /// Reads it anew each time.
    fileprivate var source: Receiver.Secret { { try reveal() } }
}
