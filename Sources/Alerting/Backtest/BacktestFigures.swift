import ClusterLinks

/// What people are told within a window, in numbers: what a configuration would tell, or what was told.
package struct BacktestFigures: Sendable, Hashable {
    /// How often somebody was told something.
    package struct Tellings: Sendable, Hashable {
        package var firing = 0
        package var reminder = 0
        package var resolved = 0

        package init() {}

        package mutating func add(_ kind: IncidentNotification.Kind, _ count: Int = 1) {
            switch kind {
            case .firing: firing += count
            case .reminder: reminder += count
            case .resolved: resolved += count
            }
        }

        package var total: Int { firing + reminder + resolved }
    }

    /// Of incidents, as webhooks are told of them; one that several are told is one.
    package var notifications = Tellings()
    /// By receiver: for a webhook of incidents, for an Alertmanager of alerts.
    package var receivers: [String: Tellings] = [:]
    /// Alerts that fired.
    package var alerts = 0
    /// Incidents that opened.
    package var incidents = 0
    /// Alerts that fired again within the flapping window of their recovery.
    package var refirings = 0
    /// How often an alert was marked as flapping.
    package var flappingMarks = 0
    /// Incidents that opened and were over sooner than was asked about.
    package var noise = 0

    package init() {}

    /// Firing notifications in a day: how often somebody is called.
    package func pagesPerDay(over length: Duration) -> Double {
        length > .zero ? Double(notifications.firing) * 86_400 / length.seconds : 0
    }
}
