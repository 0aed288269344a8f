package import ClusterLinks

extension ClusterAlerts {
    /// Takes in a successful poll that brought news.
    ///
    /// It costs what changed and what is open, whatever the number of links.
    /// - Parameters:
    ///   - events: what `ClusterLedger.observe` made of the list.
    ///   - links: the links that are listed now: `ClusterLedger.links`.
    ///   - number: the count of the cluster's successful polls with this one: `ClusterLedger.observations`.
    package mutating func observe(
        _ events: [LinkEvent],
        listed links: [LinkIdentity: TrackedLink],
        number: Int,
        at instant: Instant
    ) -> [AlertStep] {
        let mark = Alert.Mark(number: number, at: instant)
        lastPoll = mark
        var steps: [AlertStep] = []
        var news = ListNews()
        for event in events {
            switch event {
            case .vanished(let link):
                steps += end(link.identity, at: mark)
                news.forget(link.identity)
                news.names.insert(link.name)
            case .adopted(let link, let former): steps += adopt(link.identity, insteadOf: former, at: mark)
            case .appeared(let link, _):
                steps += judge(link, at: mark, &news)
                news.names.insert(link.name)
            case .changed(let link, let before, _):
                steps += judge(link, at: mark, &news)
                if before.name != link.name { news.names.formUnion([link.name, before.name].compactMap(\.self)) }
            case .completed, .episodeBegan, .episodeToldMessage, .episodeEnded: break
            }
        }
        if looksAtAll { steps += judgeAll(links, at: mark, &news) }
        judgeNames(links, &news)
        let before = openAlerts
        for key in running.union(news.conditions.keys.filter { isNews(news.conditions[$0], of: $0) }).sorted() {
            let other = key.otherShape.flatMap { before[$0] }
            steps += observe(
                key,
                news.conditions[key] ?? .unchanged,
                badSince: other?.goodSince == nil ? other?.badSince : nil,
                named: news.named[key],
                at: mark
            )
        }
        return steps + observeReached(at: instant)
    }

    /// That nothing is wrong where nothing was is none: most of what a start finds.
    private func isNews(_ condition: AlertLife.Condition?, of key: AlertKey) -> Bool {
        condition != .good || openAlerts[key] != nil
    }

    /// Takes in a successful poll whose list was the one before.
    ///
    /// It looks only at alerts that the mere count can move: most often at none.
    package mutating func observeUnchanged(
        listed links: [LinkIdentity: TrackedLink],
        number: Int,
        at instant: Instant
    ) -> [AlertStep] {
        if looksAtAll { return observe([], listed: links, number: number, at: instant) }
        let mark = Alert.Mark(number: number, at: instant)
        lastPoll = mark
        guard !running.isEmpty || openAlerts[AlertKey(.clusterUnreachable)] != nil else { return [] }
        var steps: [AlertStep] = []
        for key in running.sorted() { steps += observe(key, .unchanged, named: nil, at: mark) }
        return steps + observeReached(at: instant)
    }

    /// Takes in a failed poll: ignorance of the links, but news of the cluster.
    /// - Parameter reason: the bounded word of the failure (`PollOutcome.failure`).
    package mutating func observeFailure(reason: String, message: String?, at instant: Instant) -> [AlertStep] {
        let symptom = AlertSymptom(code: reason, message: message)
        return observeApart(AlertKey(.clusterUnreachable), .bad(symptom), named: nil, at: instant)
    }

    /// Takes in a reading of one link's tasks, also one that says the same as before.
    /// - Parameter link: as it is after the reading.
    package mutating func observe(tasksOf link: TrackedLink, at instant: Instant) -> [AlertStep] {
        guard rules.readsTasks else { return [] }
        let subject = subject(of: .taskError, link)
        let symptom = AlertSymptom(tasksOf: link.content) { rules.severity(of: subject, code: $0) }
        return observeApart(
            AlertKey(subject),
            symptom.map(AlertLife.Condition.bad) ?? .good,
            named: link.name,
            at: instant
        )
    }
}
