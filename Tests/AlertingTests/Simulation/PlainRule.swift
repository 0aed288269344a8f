import Alerting

/// What a rule over the present does: so many bad observations page, so many good ones resolve, what cannot be seen is no
/// longer bad, and a restart forgets.
///
/// It pages on a link that is in error or not active, and on a failed poll: what one writes over metrics on an afternoon.
/// It is given the silences, and no other word of people's.
struct PlainRule {
    private struct Counter {
        var bad = 0
        var good = 0
        /// When it fired; nil while it does not.
        var firedAt: Int?
    }

    let failureThreshold: Int
    let resolveThreshold: Int
    private var cluster = 0
    private var counters: [Int: Counter] = [:]
    private var unreachable = Counter()
    private(set) var pages: [Page] = []

    init(failureThreshold: Int, resolveThreshold: Int) {
        self.failureThreshold = failureThreshold
        self.resolveThreshold = resolveThreshold
    }

    mutating func run(_ fleet: SimulatedFleet) {
        for cluster in SimulatedFleet.clusters { run(fleet, on: cluster) }
    }

    private mutating func run(_ fleet: SimulatedFleet, on cluster: Int) {
        self.cluster = cluster
        counters = [:]
        unreachable = Counter()
        let silences = fleet.silences(of: cluster)
        var bad: Set<Int> = []
        for tick in 0..<SimulatedFleet.ticks {
            for change in fleet.changes[cluster][tick] {
                let isBad = change.look.isTrouble || change.look == .paused
                if isBad { bad.insert(change.link) } else { bad.remove(change.link) }
                if change.look == .gone { drop(change.link, at: tick) }
            }
            switch fleet.polls[cluster][tick] {
            case .none:
                counters = [:]
                unreachable = Counter()
            case .failure:
                for link in counters.keys.sorted() { drop(link, at: tick) }
                count(nil, isBad: true, at: tick)
            case .success:
                let silenced = silences.filter { $0.span.contains(tick) }.map(\.link)
                let heard = bad.subtracting(silenced)
                for link in heard.union(counters.keys) { count(link, isBad: heard.contains(link), at: tick) }
                if unreachable.bad > 0 || unreachable.firedAt != nil { count(nil, isBad: false, at: tick) }
            }
        }
    }

    private mutating func count(_ link: Int?, isBad: Bool, at tick: Int) {
        var counter = link.map { counters[$0] ?? Counter() } ?? unreachable
        counter.bad = isBad ? counter.bad + 1 : 0
        counter.good = isBad ? 0 : counter.good + 1
        if isBad, counter.firedAt == nil, counter.bad >= failureThreshold {
            counter.firedAt = tick
            note(link, .firing, since: tick, at: tick)
        } else if !isBad, let firedAt = counter.firedAt, counter.good >= resolveThreshold {
            counter.firedAt = nil
            note(link, .resolved, since: firedAt, at: tick)
        }
        if let link {
            counters[link] = counter.firedAt != nil || counter.bad > 0 ? counter : nil
        } else {
            unreachable = counter
        }
    }

    private mutating func drop(_ link: Int, at tick: Int) {
        if let firedAt = counters.removeValue(forKey: link)?.firedAt { note(link, .resolved, since: firedAt, at: tick) }
    }

    private mutating func note(_ link: Int?, _ kind: IncidentNotification.Kind, since: Int, at tick: Int) {
        let subject = Page.Subject(
            kind: link == nil ? .clusterUnreachable : nil,
            cluster: cluster,
            link: link,
            since: since
        )
        pages.append(Page(id: "\(pages.count)", kind: kind, subjects: [subject], tick: tick))
    }
}

extension SimulatedFleet {
    fileprivate func silences(of cluster: Int) -> [(link: Int, span: Range<Int>)] {
        incidents.compactMap { incident in
            guard let span = incident.silence, let trouble = incident.troubles.first, trouble.cluster == cluster else {
                return nil
            }
            return trouble.link.map { ($0, span) }
        }
    }
}
