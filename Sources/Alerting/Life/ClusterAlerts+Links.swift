import ClusterLinks

/// What happens to links themselves, and their alerts follow.
extension ClusterAlerts {
    /// Ends what is about a link that a successful list lacks (truth rule 3).
    mutating func end(_ identity: LinkIdentity, at mark: Alert.Mark) -> [AlertStep] {
        var steps: [AlertStep] = []
        for kind in AlertKind.ofListedLinks {
            guard let alert = openAlerts[AlertKey(kind, identity)] else { continue }
            var life = AlertLife(alert, at: mark.at, since: kind.countsLists ? mark : nil)
            life.resolve(.deleted)
            steps += settle(life, as: AlertKey(kind, identity))
        }
        return steps
    }

    mutating func adopt(
        _ identity: LinkIdentity,
        insteadOf former: LinkIdentity,
        at mark: Alert.Mark
    ) -> [AlertStep] {
        var steps: [AlertStep] = []
        for kind in AlertKind.ofListedLinks {
            guard let alert = openAlerts[AlertKey(kind, former)] else { continue }
            forget(AlertKey(kind, former))
            var life = AlertLife(alert, at: mark.at, since: kind.countsLists ? mark : nil)
            life.adopt(identity)
            steps += settle(life, as: AlertKey(kind, identity))
        }
        return steps
    }

    mutating func rename(_ link: TrackedLink, at mark: Alert.Mark) -> [AlertStep] {
        var steps: [AlertStep] = []
        for kind in AlertKind.ofListedLinks {
            guard let alert = openAlerts[AlertKey(kind, link.identity)] else { continue }
            var life = AlertLife(alert, at: mark.at, since: kind.countsLists ? mark : nil)
            life.rename(link.name)
            steps += settle(life, as: AlertKey(kind, link.identity))
        }
        return steps
    }
}
