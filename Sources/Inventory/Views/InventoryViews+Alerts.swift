import Alerting

extension InventoryViews {
    static func alerts(_ moment: ViewMoment) -> InventoryView {
        let counting = AlertKind.allCases.filter(\.countsLists).map { SQLForm.literal($0.rawValue) }
        // Observations that brought no news are counted, as `Alert.observations(upTo:)` does.
        let isCounting = "alert.resolved_at IS NULL AND alert.kind IN (\(counting.joined(separator: ", ")))"
        let successes = SQLForm.successes(of: "alert.cluster_key")
        let lastSuccess = SQLForm.lastSuccess(of: "alert.cluster_key")
        return InventoryView(
            "alerts",
            from: """
                main.clusters CROSS JOIN main.alerts AS alert ON alert.cluster_key = clusters.cluster_key
                WHERE \(InventoryView.usesClusters)
                """,
            [
                .text("id", "alert.alert_id"),
                .text("fingerprint", "alert.fingerprint"),
                .text("kind", "alert.kind"),
                .text("severity", "alert.severity"),
                .text("state", "alert.state"),
                .integer("unconfirmed", unconfirmed(moment)),
                .text("cluster_id", "clusters.cluster_id"),
                .text("cluster_name", "clusters.cluster_name"),
                .text("link_name", "alert.link_name"),
                .text("cluster_link_id", "alert.cluster_link_id"),
                .text("link_error", "CASE alert.kind WHEN 'link_error' THEN alert.code END"),
                .text("code", "alert.code"),
                .text("task", "alert.task"),
                .text("message", "alert.message"),
                .instant("started_at", "alert.started_at"),
                .instant("fired_at", "alert.fired_at"),
                .instant(
                    "last_observed_at",
                    """
                    CASE WHEN \(isCounting) THEN max(alert.last_observed_at, ifnull(\(lastSuccess), 0))
                        ELSE alert.last_observed_at END
                    """
                ),
                .instant("resolved_at", "alert.resolved_at"),
                .text("resolved_reason", "alert.resolved_reason"),
                .integer(
                    "observations",
                    """
                    CASE WHEN \(isCounting) THEN max(alert.observations, \(successes) - alert.first_observation + 1)
                        ELSE alert.observations END
                    """
                ),
                .integer("flapping", "alert.flapping"),
                .instant("acknowledged_at", "alert.acknowledged_at"),
                .text("acknowledged_by", "alert.acknowledged_by"),
                .text("acknowledgement", "alert.acknowledgement"),
                .text(
                    "incident_id",
                    """
                    (SELECT incident.incident_id FROM main.incident_alerts AS member
                        JOIN main.incidents AS incident ON incident.incident_key = member.incident_key
                        WHERE member.alert_key = alert.alert_key)
                    """
                ),
            ]
        )
    }

    /// As `Alert.isUnconfirmed` says.
    private static func unconfirmed(_ moment: ViewMoment) -> String {
        "(alert.resolved_at IS NULL AND alert.kind <> 'cluster_unreachable' AND \(moment.isStale))"
    }
}
