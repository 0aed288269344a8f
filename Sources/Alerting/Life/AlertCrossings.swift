import ClusterLinks

/// When each subject's alerts lately crossed a threshold: fired, or resolved because it was good.
///
/// Nothing but occurrences is needed to make it anew, so flapping is seen across restarts. That a link or a cluster went
/// away is no crossing: nothing swung back.
struct AlertCrossings: Sendable {
    private var instants: [String: [Instant]] = [:]

    init() {}

    init(of alerts: some Sequence<Alert>) {
        for alert in alerts {
            guard let firedAt = alert.firedAt else { continue }
            instants[alert.fingerprint, default: []].append(firedAt)
            if alert.resolvedReason == .recovered, let resolvedAt = alert.resolvedAt {
                instants[alert.fingerprint, default: []].append(resolvedAt)
            }
        }
    }

    /// How many there were after `instant`.
    func count(of fingerprint: String, after instant: Instant) -> Int {
        instants[fingerprint]?.count { $0 > instant } ?? 0
    }

    /// Adds one, and lets go of all that lie at or before `horizon`.
    mutating func add(_ fingerprint: String, at instant: Instant, forgettingUpTo horizon: Instant) {
        instants[fingerprint, default: []].append(instant)
        instants = instants.compactMapValues { past in
            let kept = past.filter { $0 > horizon }
            return kept.isEmpty ? nil : kept
        }
    }
}
