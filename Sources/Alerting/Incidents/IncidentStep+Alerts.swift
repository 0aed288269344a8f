extension IncidentStep {
    /// What incidents learn of the steps of some alerts in one observation: of each alert how it is after the last of them.
    ///
    /// An alert that never fired is nothing to incidents, and one more observation without news neither.
    /// - Parameter surroundings: asked for alerts that fire.
    package static func following(
        _ steps: [AlertStep],
        surroundings: (Alert) -> AlertSurroundings
    ) -> [IncidentStep] {
        var fired: Set<String> = []
        var latest: [String: Alert] = [:]
        var order: [String] = []
        for step in steps where step.kind != .counted && step.after.firedAt != nil {
            if step.kind == .fired { fired.insert(step.after.id) }
            if latest.updateValue(step.after, forKey: step.after.id) == nil { order.append(step.after.id) }
        }
        return order.compactMap { latest[$0] }.map { alert in
            if alert.state == .resolved { return .resolved(alert) }
            let surroundings = surroundings(alert)
            return fired.contains(alert.id) ? .fired(alert, surroundings) : .changed(alert, surroundings)
        }
    }
}
