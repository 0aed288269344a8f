package import ClusterLinks

extension ClusterAlerts {
    /// Takes over other rules: a reload, or those of a start, which may differ from the ones before it.
    ///
    /// What the configuration no longer asks for resolves; everything else moves with the next observation only. New
    /// thresholds hold from then on for what is open, too. The severity is raised but never lowered.
    package mutating func apply(_ rules: AlertRules, at instant: Instant) -> [AlertStep] {
        self.rules = rules
        looksAtAll = true
        var steps: [AlertStep] = []
        for (key, alert) in openAlerts.sorted(by: { $0.key < $1.key }) {
            var life = AlertLife(alert, at: instant, since: latest(of: alert))
            if rules.stillAsk(for: alert.subject) {
                life.raiseSeverity(by: rules)
            } else {
                life.resolve(.ruleRemoved)
            }
            steps += settle(life, as: key)
        }
        return steps
    }

    /// Resolves everything, as the cluster left the configuration; should it come back, its links are looked at anew.
    package mutating func retire(at instant: Instant) -> [AlertStep] {
        looksAtAll = true
        var steps: [AlertStep] = []
        for (key, alert) in openAlerts.sorted(by: { $0.key < $1.key }) {
            var life = AlertLife(alert, at: instant, since: latest(of: alert))
            life.resolve(.clusterRemoved)
            steps += settle(life, as: key)
        }
        return steps
    }
}
