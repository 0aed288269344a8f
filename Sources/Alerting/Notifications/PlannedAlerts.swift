import ClusterLinks

/// The alerts of a plan's incidents, and which of them people may be told of.
///
/// Kept so that what one alert does costs what has to do with it, whatever the number of alerts: when a whole fleet
/// fails, each poll of each cluster asks what is due.
struct PlannedAlerts {
    struct Entry {
        var child: Incident.Child
        var labels: LabelSet
        /// The incident's id.
        let incident: String
        /// It fires, and is neither acknowledged nor silenced.
        fileprivate(set) var isAudible = false

        var id: String { child.alert.id }
    }

    /// Alerts of other names have other labels.
    private struct Name: Hashable {
        let kind: AlertKind
        let cluster: ClusterID
        let link: LinkName?

        init(_ subject: AlertSubject) {
            kind = subject.kind
            cluster = subject.cluster
            link = subject.linkName
        }
    }

    private(set) var entries: [String: Entry] = [:]
    private var names: [Name: Set<String>] = [:]
    /// By incident, how many alerts of each severity are audible.
    private var audible: [String: [AlertSeverity: Int]] = [:]

    subscript(_ id: String) -> Entry? { entries[id] }

    /// The highest severity of an incident's audible alerts.
    func severity(ofIncident id: String) -> AlertSeverity? { audible[id]?.keys.max() }

    /// The other alerts that could have the labels of one.
    func namesakes(of entry: Entry) -> [Entry] {
        (names[Name(entry.child.alert.subject)] ?? []).compactMap { $0 == entry.id ? nil : entries[$0] }
    }

    /// Takes an alert as it is now; inaudible until somebody says otherwise.
    mutating func set(_ child: Incident.Child, of incident: String) {
        remove(child.alert.id)
        entries[child.alert.id] = Entry(child: child, labels: child.labels, incident: incident)
        names[Name(child.alert.subject), default: []].insert(child.alert.id)
    }

    mutating func set(_ id: String, isAudible: Bool) {
        guard let entry = entries[id], entry.isAudible != isAudible else { return }
        entries[id]?.isAudible = isAudible
        let severity = entry.child.alert.severity
        let count = (audible[entry.incident]?[severity] ?? 0) + (isAudible ? 1 : -1)
        audible[entry.incident, default: [:]][severity] = count > 0 ? count : nil
        if audible[entry.incident]?.isEmpty == true { audible[entry.incident] = nil }
    }

    mutating func remove(_ id: String) {
        set(id, isAudible: false)
        guard let entry = entries.removeValue(forKey: id) else { return }
        let name = Name(entry.child.alert.subject)
        names[name]?.remove(id)
        if names[name]?.isEmpty == true { names[name] = nil }
    }
}
