package import ClusterLinks

/// Takes down what a replay tells within a window, and counts it; what comes before only prepares it.
///
/// It grows with what is open and with the notifications that are listed, of which there is a limit, and not with time.
package struct BacktestRecord: Sendable {
    package let window: Span
    /// The first notifications, as many as are asked for.
    package private(set) var notifications: [BacktestNotification] = []
    package private(set) var figures = BacktestFigures()

    private let noiseBelow: Duration
    private let flappingWindow: Duration
    private let limit: Int
    /// The open incidents, with the places of their notifications in the list.
    private var open: [String: [Int]] = [:]
    /// By fingerprint, when an alert recovered last.
    private var recoveredAt: [String: Instant] = [:]
    private var roomForRecoveries = 1024

    /// - Parameters:
    ///   - noiseBelow: an incident that is over sooner was noise.
    ///   - flappingWindow: an alert that fires again sooner after its recovery flaps.
    ///   - limit: how many notifications are listed; all are counted.
    package init(window: Span, noiseBelow: Duration, flappingWindow: Duration, limit: Int) {
        self.window = window
        self.noiseBelow = noiseBelow
        self.flappingWindow = flappingWindow
        self.limit = limit
    }

    mutating func take(_ steps: [AlertStep]) {
        for step in steps {
            let fingerprint = step.after.fingerprint
            switch step.kind {
            case .fired:
                guard window.contains(step.at) else { break }
                figures.alerts += 1
                if let last = recoveredAt[fingerprint], step.at - last < flappingWindow { figures.refirings += 1 }
            case .startedFlapping where window.contains(step.at): figures.flappingMarks += 1
            case .resolved where step.after.firedAt != nil && step.after.resolvedReason == .recovered:
                recoveredAt[fingerprint] = step.at
                forgetRecoveries(at: step.at)
            default: break
            }
        }
    }

    /// Takes the incidents that are not as they were.
    mutating func take(_ changed: [Incident]) {
        for incident in changed {
            if open[incident.id] == nil {
                open[incident.id] = []
                if window.contains(incident.openedAt) { figures.incidents += 1 }
            }
            guard let closedAt = incident.closedAt else { continue }
            for place in open.removeValue(forKey: incident.id) ?? [] { notifications[place].closedAt = closedAt }
            if window.contains(incident.openedAt), closedAt - incident.openedAt < noiseBelow { figures.noise += 1 }
        }
    }

    mutating func take(_ decision: NotificationDecision, at instant: Instant) {
        guard window.contains(instant) else { return }
        for row in decision.told {
            // Those of incidents are counted by what is told of them.
            guard case .alert = row.subject else { continue }
            figures.receivers[row.receiver, default: BacktestFigures.Tellings()]
                .add(row.resolvedAt == nil ? .firing : .resolved)
        }
        var receivers: [String: [String]] = [:]
        for notification in decision.notifications {
            receivers[notification.id, default: []].append(notification.receiver)
            guard notification.receiver != NotificationTarget.nobody.name else { continue }
            figures.receivers[notification.receiver, default: BacktestFigures.Tellings()].add(notification.kind)
        }
        for notification in decision.notifications {
            guard let told = receivers.removeValue(forKey: notification.id) else { continue }
            figures.notifications.add(notification.kind)
            guard notifications.count < limit else { continue }
            open[notification.incident.id]?.append(notifications.count)
            notifications.append(BacktestNotification(notification, to: told.filter { !$0.isEmpty }))
        }
    }

    private mutating func forgetRecoveries(at instant: Instant) {
        guard recoveredAt.count > roomForRecoveries else { return }
        recoveredAt = recoveredAt.filter { instant - $0.value < flappingWindow }
        roomForRecoveries = max(1024, 2 * recoveredAt.count)
    }
}
