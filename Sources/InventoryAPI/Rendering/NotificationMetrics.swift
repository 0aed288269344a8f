import Alerting
import ClusterLinks
import Exposition
import Inventory

/// How telling people goes, by the way in which receivers want to be told.
enum NotificationMetrics {
    /// - Parameter waiting: nil where the outbox cannot be read.
    static func families(
        of counts: [NotificationCounts],
        waiting: [History.WaitingLine]?,
        receivers: [NotificationTarget],
        at now: Instant
    ) -> [MetricFamily] {
        var delivered = MetricFamily(
            "linkwatch_notifications",
            .counter,
            help: "Notifications that receivers took since the service started."
        )
        var failures = MetricFamily(
            "linkwatch_notification_failures",
            .counter,
            help: "Attempts to deliver a notification that failed since the service started."
        )
        var dropped = MetricFamily(
            "linkwatch_notifications_dropped",
            .counter,
            help: "Notifications given up since the service started."
        )
        for count in counts {
            let integration = [Label("integration", count.integration)]
            delivered.add(Double(count.delivered), integration)
            for (reason, number) in count.failures.sorted(by: { $0.key < $1.key }) {
                failures.add(Double(number), integration + [Label("reason", reason)])
            }
            for (reason, number) in count.dropped.sorted(by: { $0.key < $1.key }) {
                dropped.add(Double(number), integration + [Label("reason", reason)])
            }
        }
        return [delivered, failures, dropped] + outbox(waiting, receivers, at: now)
    }

    /// Only webhooks have an outbox: an Alertmanager is told the present again and again.
    private static func outbox(
        _ lines: [History.WaitingLine]?,
        _ receivers: [NotificationTarget],
        at now: Instant
    ) -> [MetricFamily] {
        var waiting = MetricFamily(
            "linkwatch_notifications_waiting",
            .gauge,
            help: "Notifications that are stored and not delivered yet."
        )
        var age = MetricFamily(
            "linkwatch_notification_oldest_waiting_seconds",
            .gauge,
            help: "For how long the oldest notification that is not delivered yet has been waiting."
        )
        let webhooks = Set(receivers.filter { $0.kind == .webhook }.map(\.name))
        guard let lines, !webhooks.isEmpty else { return [waiting, age] }
        let own = lines.filter { webhooks.contains($0.receiver) }
        let label = [Label("integration", NotificationTarget.Kind.webhook.rawValue)]
        waiting.add(Double(own.reduce(0) { $0 + $1.count }), label)
        if let oldest = own.map(\.oldestAt).min() { age.add(max(.zero, now - oldest).seconds, label) }
        return [waiting, age]
    }
}
