import Alerting
import ClusterLinks
import ExactJSON
import Inventory

/// The alerts at one moment, and what the rest of the service knows of them then.
///
/// Those that are open come from memory, so that they are told also while the database stores nothing.
struct PresentAlerts {
    let board: AlertBoard.View
    let view: FleetView
    let now: Instant
    private let tallies: [ClusterID: PollTally]
    private let silences: [Silence]
    private let children: [String: (incident: String, surroundings: AlertSurroundings)]

    init(_ alerts: AlertBoard, _ fleet: Fleet, at now: Instant) {
        let board = alerts.current
        self.board = board
        self.now = now
        view = fleet.current(at: now)
        tallies = fleet.tallies
        silences = board.silences.filter { $0.isActive(at: now) }
        let firing = board.incidents.flatMap { incident in
            incident.firing.map { ($0.alert.id, (incident.id, $0.surroundings)) }
        }
        children = Dictionary(firing) { $1 }
    }

    /// The pending and the firing ones.
    var open: [PresentableAlert] { board.alerts.values.joined().map(presentable) }

    /// The one of this id, while it is open.
    func alert(_ id: String) -> PresentableAlert? {
        board.alerts.values.joined().first { $0.id == id }.map(presentable)
    }

    /// The one of this id: from memory while it is open, as the database may not have stored yet what happened to it.
    /// - Parameter stored: read after this moment, so that one that is over there has ended since.
    func alert(_ id: String, stored: AlertRow?) -> PresentableAlert? {
        if let stored, !stored.alert.isOpen { return PresentableAlert(stored) }
        return alert(id) ?? stored.map(PresentableAlert.init)
    }

    /// The firing ones, each with what the fleet knew around it.
    var firing: [Incident.Child] { board.incidents.flatMap(\.firing) }

    private func presentable(_ alert: Alert) -> PresentableAlert {
        PresentableAlert(
            alert,
            acknowledgement: board.acknowledgements[alert.id],
            incident: children[alert.id]?.incident,
            surroundings: children[alert.id]?.surroundings
        )
    }

    /// As `/api/v1/alerts` lists it.
    func json(of item: PresentableAlert) -> JSONObject {
        let alert = item.alert
        let surroundings = item.surroundings ?? surroundings(of: alert.subject.cluster)
        let isStale = view.cluster(alert.subject.cluster)?.isStale ?? true
        let standing = AlertStanding(
            isUnconfirmed: alert.isUnconfirmed(clusterIsStale: isStale),
            observations: observations(of: alert),
            lastObservedAt: lastObservedAt(of: alert),
            acknowledgement: item.acknowledgement,
            silencedBy: silencedBy(alert, in: surroundings),
            incident: item.incident
        )
        return alert.json(in: surroundings, standing: standing)
    }

    /// The ids of the active silences that match an alert; of one that is over none do any more.
    func silencedBy(_ alert: Alert, in surroundings: AlertSurroundings) -> [String] {
        guard alert.isOpen, !silences.isEmpty else { return [] }
        let labels = LabelSet(labelsOf: alert, in: surroundings)
        return silences.filter { $0.mutes(labels) }.map(\.id)
    }

    /// Polls without news are observations too, and nothing of the alert itself tells of them.
    func lastObservedAt(of alert: Alert) -> Instant {
        guard alert.isOpen, alert.subject.kind.countsLists,
            let success = tallies[alert.subject.cluster]?.lastSuccessAt
        else { return alert.lastObservedAt }
        return max(alert.lastObservedAt, success)
    }

    private func observations(of alert: Alert) -> Int {
        alert.observations(upTo: tallies[alert.subject.cluster]?.successes ?? 0)
    }

    /// The cluster as it is now, in the configuration or not.
    private func surroundings(of cluster: ClusterID) -> AlertSurroundings {
        let description = view.cluster(cluster)?.description
        return AlertSurroundings(
            clusterName: description?.name ?? "",
            clusterLabels: description?.labels ?? [:]
        )
    }
}

extension InventoryAPI {
    /// To be read before the database is asked for more: what ends in between is found there, and nothing is missed.
    var presentAlerts: PresentAlerts { PresentAlerts(inventory.alerts, fleet, at: now) }
}
