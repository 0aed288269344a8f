import Alerting

/// What was told, held against what happened.
struct SimulationScore: Hashable {
    /// Somebody was told that something fires, or that it is over.
    struct Page {
        /// Nil for a rule that knows no kinds of trouble of a link.
        let kind: AlertKind?
        let link: Int?
        let tick: Int
        let isFiring: Bool
    }

    var incidents = 0
    var notifications = 0
    var found = 0
    /// Told of what is no incident, or not long enough to be one.
    var unfounded = 0
    /// Told once more of an incident that was told.
    var repeated = 0
    /// Told to be over before it was.
    var resolvedEarly = 0

    var recall: Double { incidents == 0 ? 1 : Double(found) / Double(incidents) }
    var precision: Double { notifications == 0 ? 1 : Double(found) / Double(notifications) }

    /// - Parameter threshold: the observations that make an incident one to be told.
    mutating func add(_ pages: [Page], of cluster: SimulatedCluster, threshold: Int) {
        let byLink = Dictionary(grouping: cluster.incidents.indices) { cluster.incidents[$0].link }
        let real = cluster.incidents.map { incident in
            let seen: SimulatedCluster.Poll = incident.link == nil ? .failure : .success
            return incident.parts.contains { cluster.count(seen, in: $0) >= threshold }
        }
        incidents += real.count { $0 }
        var told: Set<Int> = []
        for page in pages {
            let incident = (byLink[page.link] ?? []).first { index in
                let incident = cluster.incidents[index]
                return incident.span.contains(page.tick) && (page.kind ?? incident.kind) == incident.kind
                    && (page.kind != nil || incident.kind != .linkMissing)
            }
            if !page.isFiring {
                if let incident, real[incident] { resolvedEarly += 1 }
                continue
            }
            notifications += 1
            if let incident, real[incident] {
                if told.insert(incident).inserted { found += 1 } else { repeated += 1 }
            } else {
                unfounded += 1
            }
        }
    }
}
