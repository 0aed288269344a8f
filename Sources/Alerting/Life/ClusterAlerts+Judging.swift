import ClusterLinks

extension ClusterAlerts {
    /// What a list says of alerts' subjects, as far as it was looked at.
    struct ListNews {
        var conditions: [AlertKey: AlertLife.Condition] = [:]
        var named: [AlertKey: LinkName] = [:]
        /// Names that came or went.
        var names: Set<LinkName> = []

        mutating func forget(_ identity: LinkIdentity) {
            for kind in AlertKind.ofListedLinks { conditions[AlertKey(kind, identity)] = nil }
        }
    }

    func subject(of kind: AlertKind, _ link: TrackedLink) -> AlertSubject {
        AlertSubject(kind: kind, cluster: cluster, link: link.identity, linkName: link.name)
    }

    /// Reads off a link what is to be said of it, and follows its name.
    mutating func judge(_ link: TrackedLink, at mark: Alert.Mark, _ news: inout ListNews) -> [AlertStep] {
        for kind in [AlertKind.linkError, .linkState] {
            let condition = AlertSymptom(kind, of: link.content).map(AlertLife.Condition.bad) ?? .good
            news.conditions[AlertKey(kind, link.identity)] = condition
            news.named[AlertKey(kind, link.identity)] = link.name
        }
        let unexpected = AlertKey(.linkUnexpected, link.identity)
        news.conditions[unexpected] = rules.isUnexpected(link.name) ? .bad(AlertSymptom()) : .good
        news.named[unexpected] = link.name
        return openAlerts.isEmpty ? [] : rename(link, at: mark)
    }

    mutating func judgeAll(
        _ links: [LinkIdentity: TrackedLink],
        at mark: Alert.Mark,
        _ news: inout ListNews
    ) -> [AlertStep] {
        looksAtAll = false
        news.names = rules.expectedLinks
        var steps: [AlertStep] = []
        let gone = Set(openAlerts.keys.filter { AlertKind.ofListedLinks.contains($0.kind) }.compactMap(\.link))
            .subtracting(links.keys)
        for identity in gone.sorted(by: { $0.description < $1.description }) { steps += end(identity, at: mark) }
        let inOrder = links.values.sorted {
            ($0.name, $0.identity.description) < ($1.name, $1.identity.description)
        }
        for link in inOrder { steps += judge(link, at: mark, &news) }
        return steps
    }

    /// Says of each expected name that came, went or was not looked at yet whether a listed link has it.
    func judgeNames(_ links: [LinkIdentity: TrackedLink], _ news: inout ListNews) {
        let questions = rules.expectedLinks.isEmpty ? [] : news.names.intersection(rules.expectedLinks)
        guard !questions.isEmpty else { return }
        let listed = Set(links.values.map(\.name))
        for name in questions {
            let key = AlertKey(.linkMissing, .name(name))
            news.conditions[key] = listed.contains(name) ? .good : .bad(AlertSymptom())
            news.named[key] = name
        }
    }
}
