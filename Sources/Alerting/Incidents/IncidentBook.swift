package import ClusterLinks

/// Groups firing alerts by cause into incidents.
///
/// An alert that fires joins the oldest open incident in which a firing alert shares a cause with it, or opens one:
/// 1. it is of a link of a cluster that cannot be polled, and has not answered since;
/// 2. it is of a link of which, on this side or the other, an alert fires already;
/// 3. it is of a link towards a cluster towards which another link has the same code.
///
/// Only what still fires draws others in: an alert that has resolved is no cause of one that fires later. An alert stays
/// in the incident that it joined, and two open incidents are never made one, because people were told of both.
///
/// What comes out depends on the steps and their instants and not on the order of those of one instant, if they are
/// given together; taking up stored incidents goes on as if there had been no break.
package struct IncidentBook: Sendable {
    /// Where a firing alert is: in which incident, and which of its children it is.
    private struct Place {
        let incident: String
        var row: Int
    }

    private var incidents: [String: Incident] = [:]
    private var places: [String: Place] = [:]
    /// For each incident the fingerprints of its alerts that have resolved.
    private var ended: [String: Set<String>] = [:]
    /// For each bond the incidents that offer it, with how many of their alerts do.
    private var offers: [Bond: [String: Int]] = [:]

    /// - Parameter open: the incidents that are open; others are left out.
    package init(open: [Incident] = []) {
        for incident in open where incident.isOpen {
            incidents[incident.id] = incident
            for (row, child) in incident.children.enumerated() { bind(child, to: incident.id, row: row) }
        }
    }

    /// From the oldest on.
    package var open: [Incident] { incidents.values.sorted(by: Incident.isOlder) }

    /// The open incident that a firing alert is in.
    package func incident(ofAlert id: String) -> Incident? { places[id].flatMap { incidents[$0.incident] } }

    /// Takes all steps of one instant and tells which incidents are no longer as they were, those that closed included.
    ///
    /// A step that was taken before changes nothing.
    package mutating func take(_ steps: [IncidentStep], at instant: Instant) -> [Incident] {
        var touched: Set<String> = []
        for step in steps.inOrder {
            if let id = take(step, at: instant) { touched.insert(id) }
        }
        let changed = touched.compactMap { close($0, at: instant) }
        return changed.sorted(by: Incident.isOlder)
    }
}

extension IncidentBook {
    /// The incident that the step changed.
    private mutating func take(_ step: IncidentStep, at instant: Instant) -> String? {
        switch step {
        case .fired(let alert, let surroundings):
            places[alert.id] == nil
                ? admit(alert, surroundings, at: instant)
                : update(alert, surroundings)
        case .changed(let alert, let surroundings): update(alert, surroundings)
        case .resolved(let alert): update(alert, nil)
        }
    }

    private mutating func admit(_ alert: Alert, _ surroundings: AlertSurroundings, at instant: Instant) -> String {
        let (id, grounds) = home(for: alert, surroundings) ?? (alert.id, .first)
        let child = Incident.Child(alert: alert, surroundings: surroundings, grounds: grounds)
        if incidents[id] == nil {
            incidents[id] = Incident(
                id: id,
                openedAt: instant,
                closedAt: nil,
                children: [],
                severity: alert.severity
            )
        }
        if ended[id]?.remove(alert.fingerprint) != nil { removeEarlier(of: alert, from: id) }
        bind(child, to: id, row: incidents[id]?.children.count ?? 0)
        incidents[id]?.children.append(child)
        incidents[id]?.raise(to: alert.severity)
        return id
    }

    /// Makes room for a later occurrence of an alert that has resolved.
    private mutating func removeEarlier(of alert: Alert, from id: String) {
        incidents[id]?.children.removeAll { !$0.isFiring && $0.alert.fingerprint == alert.fingerprint }
        for (row, child) in (incidents[id]?.children ?? []).enumerated() { places[child.alert.id]?.row = row }
    }

    private func home(for alert: Alert, _ surroundings: AlertSurroundings) -> (String, Incident.Grounds)? {
        var best: (incident: Incident, grounds: Incident.Grounds)?
        for (bond, grounds) in Incident.Child.sought(by: alert, in: surroundings) {
            for id in (offers[bond] ?? [:]).keys {
                guard let incident = incidents[id] else { continue }
                if let best, !Incident.isOlder(incident, best.incident) { continue }
                best = (incident, grounds)
            }
        }
        return best.map { ($0.incident.id, $0.grounds) }
    }

    private mutating func update(_ alert: Alert, _ surroundings: AlertSurroundings?) -> String? {
        guard let place = places[alert.id], let before = incidents[place.incident]?.children[place.row] else {
            return nil
        }
        var child = before
        child.alert = alert
        if let surroundings { child.surroundings = surroundings }
        guard child != before else { return nil }
        unbind(before, from: place.incident)
        bind(child, to: place.incident, row: place.row)
        incidents[place.incident]?.children[place.row] = child
        incidents[place.incident]?.raise(to: alert.severity)
        return place.incident
    }

    /// Lets go of an incident in which nothing fires any more; gives it in either case as it is now.
    private mutating func close(_ id: String, at instant: Instant) -> Incident? {
        guard let incident = incidents[id], !incident.children.contains(where: \.isFiring) else {
            return incidents[id]
        }
        incidents[id]?.closedAt = instant
        ended[id] = nil
        return incidents.removeValue(forKey: id)
    }

    private mutating func bind(_ child: Incident.Child, to id: String, row: Int) {
        guard child.isFiring else {
            ended[id, default: []].insert(child.alert.fingerprint)
            return
        }
        places[child.alert.id] = Place(incident: id, row: row)
        for bond in child.bonds { offers[bond, default: [:]][id, default: 0] += 1 }
    }

    private mutating func unbind(_ child: Incident.Child, from id: String) {
        places[child.alert.id] = nil
        for bond in child.bonds {
            let left = (offers[bond]?[id] ?? 0) - 1
            offers[bond]?[id] = left > 0 ? left : nil
            if offers[bond]?.isEmpty == true { offers[bond] = nil }
        }
    }
}

extension Incident {
    fileprivate mutating func raise(to severity: AlertSeverity) { self.severity = max(self.severity, severity) }
}
