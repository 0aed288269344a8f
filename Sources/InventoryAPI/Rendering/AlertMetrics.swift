import Alerting
import ClusterLinks
import Exposition
import Inventory

/// The series of alerts: held through ignorance, so that nothing resolves because data vanished.
enum AlertMetrics {
    static func families(of board: AlertBoard.View) -> [MetricFamily] {
        let open = board.alerts.values.flatMap(\.self)
        return [firing(open), counts(open)]
    }

    /// One series for each set of labels, which two alerts may share: links of different ids may have one name.
    private static func firing(_ open: [Alert]) -> MetricFamily {
        var family = MetricFamily("clusterlink_alert_firing", .gauge, help: "An alert that fires now; always 1.")
        let series = Set(
            open.filter { $0.state == .firing }.map { alert in
                [
                    alert.subject.kind.rawValue, alert.severity.rawValue, alert.subject.cluster.rawValue,
                    alert.subject.linkName?.rawValue ?? "",
                ]
            }
        )
        for values in series.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let names = ["kind", "severity", "kafka_cluster_id", "link_name"]
            family.add(1, zip(names, values).map { Label($0, $1) })
        }
        return family
    }

    /// Every combination there can be, with 0 where there is none: they are few and known in advance, so that a sum is
    /// never absent and no count is missing until its first alert
    /// (https://prometheus.io/docs/practices/instrumentation/#avoid-missing-metrics).
    private static func counts(_ open: [Alert]) -> MetricFamily {
        var family = MetricFamily("clusterlink_alerts", .gauge, help: "Alerts that are pending or fire now.")
        let counts = Dictionary(grouping: open) { [$0.subject.kind.rawValue, $0.severity.rawValue, $0.state.rawValue] }
        for kind in AlertKind.allCases.map(\.rawValue) {
            for severity in AlertSeverity.allCases.map(\.rawValue) {
                for state in [AlertState.pending, .firing].map(\.rawValue) {
                    family.add(
                        Double(counts[[kind, severity, state]]?.count ?? 0),
                        [Label("kind", kind), Label("severity", severity), Label("state", state)]
                    )
                }
            }
        }
        return family
    }
}
