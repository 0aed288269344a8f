import Alerting

/// Finds the true trouble that somebody was told of.
struct TroubleIndex {
    struct Entry: Hashable {
        /// Its place in the fleet's incidents.
        let incident: Int
        /// Its place in the incident's troubles.
        let trouble: Int
    }

    private struct Place: Hashable {
        let cluster: Int
        let link: Int?
    }

    private let incidents: [TrueIncident]
    private var byPlace: [Place: [Entry]] = [:]

    init(_ fleet: SimulatedFleet) {
        incidents = fleet.incidents
        for (number, incident) in incidents.enumerated() {
            for (place, trouble) in incident.troubles.enumerated() {
                let entry = Entry(incident: number, trouble: place)
                byPlace[Place(cluster: trouble.cluster, link: trouble.link), default: []].append(entry)
            }
        }
    }

    /// The trouble that the subject was in when it is said to have begun; nil where it was in none.
    subscript(_ subject: Page.Subject) -> Entry? {
        byPlace[Place(cluster: subject.cluster, link: subject.link)]?.first { entry in
            let trouble = incidents[entry.incident].troubles[entry.trouble]
            return (subject.kind.map { $0 == trouble.kind } ?? (trouble.kind != .linkMissing))
                && trouble.parts.contains { $0.contains(subject.since) }
        }
    }
}
