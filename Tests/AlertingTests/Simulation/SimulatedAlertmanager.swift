import Alerting
import ClusterLinks

/// What an Alertmanager would make of the posts: an alert is active until the end that was posted with it last.
struct SimulatedAlertmanager {
    struct Score: Hashable {
        var alerts = 0
        /// Posted, though there was no such trouble, or nobody was to be told.
        var unfounded = 0
        /// Troubles that were never posted.
        var missed = 0
        /// Posted as over before that was seen.
        var endedEarly = 0
        /// Over to the Alertmanager although linkwatch was there and knew that it was not.
        var lapses = 0
        /// Never told to be over.
        var left = 0
    }

    private struct Active {
        var endsAt: Instant
        var postedAt: Instant
    }

    private let fleet: SimulatedFleet
    private var active: [String: Active] = [:]
    private var children: [String: Incident.Child] = [:]
    private var ended: [String: Instant] = [:]
    private var score = Score()

    init(_ fleet: SimulatedFleet) { self.fleet = fleet }

    mutating func receive(_ post: AlertmanagerPost) {
        for child in post.firing {
            let id = child.alert.id
            if let last = active[id], last.endsAt < post.at, !wasAway(from: last.postedAt, to: post.at) {
                score.lapses += 1
            }
            active[id] = Active(endsAt: post.validUntil, postedAt: post.at)
            children[id] = child
        }
        for child in post.resolved {
            active[child.alert.id] = nil
            children[child.alert.id] = child
            if ended[child.alert.id] == nil { ended[child.alert.id] = post.at }
        }
    }

    func scored(threshold: Int = 2) -> Score {
        let index = TroubleIndex(fleet)
        var score = score
        score.alerts = children.count
        score.left = active.count
        var posted: Set<TroubleIndex.Entry> = []
        for (id, child) in children {
            guard let entry = index[Page.Subject(child.alert)], isToBeTold(entry, threshold) else {
                score.unfounded += 1
                continue
            }
            posted.insert(entry)
            let trouble = fleet.incidents[entry.incident].troubles[entry.trouble]
            // One shape of a trouble may be over while another goes on.
            let start = trouble.badSince == nil ? nil : Page.Subject(child.alert).since
            let seen = fleet.overSeen(trouble, threshold: threshold, from: start)
            if let end = ended[id], seen.map({ $0 > Int(end.milliseconds / 60_000) }) ?? true { score.endedEarly += 1 }
        }
        for (number, incident) in fleet.incidents.enumerated() {
            let entries = incident.troubles.indices.map { TroubleIndex.Entry(incident: number, trouble: $0) }
            score.missed += entries.count { isToBeTold($0, threshold) && !posted.contains($0) }
        }
        return score
    }

    private func isToBeTold(_ entry: TroubleIndex.Entry, _ threshold: Int) -> Bool {
        let incident = fleet.incidents[entry.incident]
        return fleet.due(incident.troubles[entry.trouble], threshold: threshold) != nil
            && !fleet.tellings(of: incident, threshold: threshold).isEmpty
    }

    /// Whether the process was away for so long that what was posted ran out before it was back: an end is five minutes off.
    private func wasAway(from: Instant, to: Instant) -> Bool {
        fleet.isDown[Int(from.milliseconds / 60_000)...Int(to.milliseconds / 60_000)].count { $0 } >= 4
    }
}
